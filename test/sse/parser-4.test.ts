import { createParser } from 'eventsource-parser'
import { expect, it, vi } from 'vitest'
import { decode } from '../../src/sse/decode.js'
import { departuresSuite } from './departures-suite.js'
import { strictSuite } from './strict-suite.js'

vi.mock('eventsource-parser', async () => {
  const four = await import('eventsource-parser-4')
  return { ...four, createParser: vi.fn(four.createParser) }
})

it('runs eventsource-parser 4, which does not wait for the byte behind a last CR', () => {
  const events: string[] = []
  createParser({ onEvent: ({ data }) => events.push(data) }).feed('data: 1\r\r')
  expect(events).toEqual(['1'])
})

it('has decode make its parser through the same import', () => {
  vi.mocked(createParser).mockClear()
  decode({ mode: 'strict' })
  decode()
  expect(createParser).toHaveBeenCalledTimes(2)
})

strictSuite('eventsource-parser 4')
departuresSuite('eventsource-parser 4')
