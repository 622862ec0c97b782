import { existsSync, readFileSync } from 'node:fs'
import { createParser } from 'eventsource-parser'
import { describe, expect, it } from 'vitest'
import { parseMessagesEvent } from '../../src/schemas/index.js'

const corpus = new URL('../../../shared/corpus/', import.meta.url)
const vendors = ['anthropic', 'vertex', 'bedrock-anthropic']

interface Recording {
  readonly file: string
  readonly protocol: string
  readonly producer: string
}

/** The recordings of the vendor itself, whichever way they came out of it. */
function recordings(): Recording[] {
  const lines = readFileSync(new URL('index.jsonl', corpus), 'utf8').split('\n')
  return lines
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recording)
    .filter(({ protocol, producer }) => protocol === 'messages' && vendors.includes(producer))
}

/** The data of each event frame. `[DONE]` is no event (AN-21). */
function dataOf(file: string): string[] {
  const found: string[] = []
  const parser = createParser({ onEvent: ({ data }) => found.push(data) })
  parser.feed(readFileSync(new URL(file, corpus), 'utf8'))
  // A recording may lack its last blank line.
  parser.feed('\n\n')
  return found.filter((data) => data !== '' && data !== '[DONE]')
}

if (existsSync(corpus)) {
  describe('the recordings of the vendor parse, event by event', () => {
    it('and all three ways in are among them', () => {
      expect(new Set(recordings().map(({ producer }) => producer))).toEqual(new Set(vendors))
    })

    it.each(recordings())('$file', ({ file }) => {
      const data = dataOf(file)
      expect(data.length).toBeGreaterThan(0)
      for (const [number, json] of data.entries()) {
        const event: unknown = JSON.parse(json)
        const result = parseMessagesEvent(event)
        expect(result.error?.issues ?? [], `event ${number + 1}`).toEqual([])
        expect(result.data).toEqual(event)
      }
    })
  })
} else {
  it('leaves the recordings out, because the folder ../shared/corpus is absent', () => {
    expect(existsSync(corpus)).toBe(false)
  })
}
