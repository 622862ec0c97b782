import { createParser } from 'eventsource-parser'
import { expect, it } from 'vitest'
import { strictSuite } from './strict-suite.js'

it('runs eventsource-parser 3, which waits for the byte behind a last CR', () => {
  const events: string[] = []
  createParser({ onEvent: ({ data }) => events.push(data) }).feed('data: 1\r\r')
  expect(events).toEqual([])
})

strictSuite('eventsource-parser 3')
