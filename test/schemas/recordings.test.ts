import { existsSync, readFileSync } from 'node:fs'
import { createParser } from 'eventsource-parser'
import { describe, expect, it } from 'vitest'
import { parseChatEvent, parseMessagesEvent, parseResponsesEvent } from '../../src/schemas/index.js'

const corpus = new URL('../../../shared/corpus/', import.meta.url)

// The vendors themselves, whichever way their streams came out.
const protocols = [
  { protocol: 'messages', vendors: ['anthropic', 'vertex', 'bedrock-anthropic'], parse: parseMessagesEvent },
  { protocol: 'responses', vendors: ['openai', 'azure'], parse: parseResponsesEvent },
  { protocol: 'chat', vendors: ['openai', 'azure'], parse: parseChatEvent },
]

/**
 * What is marked as a vendor's and was made by a gateway, with all that the schemas refuse in it: this list is whole, so
 * that neither the file nor the schemas can change behind it.
 *
 * The one stream of agentgateway says of itself that it is none of OpenAI's: ids that are empty (RE-7), `created_at: 123`,
 * numbers that begin at 1, a part that nobody announced, `[DONE]`. The two of openai-php are trimmed by hand, from what a
 * gateway made of Claude: signs of life that are no chunks (B16).
 */
const refused: Readonly<Record<string, readonly string[]>> = {
  'responses/agentgateway-agentgateway__crates-llm-src-responses-stream-refusal.sse': [
    'event 2: item.id',
    'event 3: item_id',
    'event 4: item_id',
    'event 5: item_id',
    'event 6: item.id',
  ],
  'chat/openai-php-client__Fixtures-Streams-ChatCompletionKeepAlive.sse': noChunk(2),
  'chat/openai-php-client__Fixtures-Streams-ChatCompletionPing.sse': noChunk(2),
}

function noChunk(at: number): string[] {
  return ['id', 'created', 'model', 'object'].map((field) => `event ${at}: ${field}`)
}

interface Recording {
  readonly provenance: string
  readonly file: string
  readonly protocol: string
  readonly producer: string
  readonly note: string
}

function recordings(): Recording[] {
  const lines = readFileSync(new URL('index.jsonl', corpus), 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Recording)
}

/** The data of each event frame. `[DONE]` is no event (AN-21, RE-23). */
function dataOf(file: string): string[] {
  const found: string[] = []
  const parser = createParser({ onEvent: ({ data }) => found.push(data) })
  parser.feed(readFileSync(new URL(file, corpus), 'utf8'))
  // A recording may lack its last blank line.
  parser.feed('\n\n')
  return found.filter((data) => data !== '' && data !== '[DONE]')
}

/**
 * The event as it was, where a recording is the dump of what a client had parsed: its models write a null for each field of a
 * tool call that did not come, which no vendor does and some clients could not read (CH-9).
 */
function withoutAddedNulls(json: string): unknown {
  const stripped = (calls: unknown) => JSON.parse(JSON.stringify(calls), (_, value: unknown) => value ?? undefined)
  return JSON.parse(json, (field, value: unknown) => (field === 'tool_calls' ? stripped(value) : value))
}

if (existsSync(corpus)) {
  describe.each(protocols)('the recordings of the vendor of $protocol parse, event by event', (each) => {
    const ofVendors = recordings().filter(
      ({ protocol, producer }) => protocol === each.protocol && each.vendors.includes(producer),
    )

    it('and all ways in are among them', () => {
      expect(new Set(ofVendors.map(({ producer }) => producer))).toEqual(new Set(each.vendors))
    })

    it.each(ofVendors)('$file', ({ file, note }) => {
      const data = dataOf(file)
      expect(data.length).toBeGreaterThan(0)
      const issues = data.flatMap((json, at) => {
        const event: unknown = note.includes('null fields added') ? withoutAddedNulls(json) : JSON.parse(json)
        const result = each.parse(event)
        if (result.success) expect(result.data).toEqual(event)
        return (result.error?.issues ?? []).map(({ path }) => `event ${at + 1}: ${path.join('.')}`)
      })
      expect(issues).toEqual(refused[file] ?? [])
    })
  })

  it('and what the schemas refuse is in the corpus, and nowhere called a recording', () => {
    const found = recordings().filter(({ file }) => Object.hasOwn(refused, file))
    expect(found.map(({ file }) => file).sort()).toEqual(Object.keys(refused).sort())
    for (const { provenance } of found) expect(provenance).not.toMatch(/^recorded/)
  })
} else {
  it('leaves the recordings out, because the folder ../shared/corpus is absent', () => {
    expect(existsSync(corpus)).toBe(false)
  })
}
