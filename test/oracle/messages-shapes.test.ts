import { describe, expect, it } from 'vitest'
import { judge } from './index.js'
import { bytesOf, frame } from './streams.js'
import type { JsonObject } from './verdict.js'

const SERVER_CALL = { type: 'server_tool_use', id: 's', name: 'n', input: {} }

/** A block of every kind with every field the grammar asks for, and with each delta it takes. */
const BLOCKS: readonly (readonly [block: JsonObject, ...deltas: JsonObject[]])[] = [
  [
    { type: 'text', text: '', citations: [] },
    { type: 'text_delta', text: 'x' },
    { type: 'citations_delta', citation: {} },
  ],
  [
    { type: 'thinking', thinking: '', signature: '' },
    { type: 'thinking_delta', thinking: 'x' },
    { type: 'signature_delta', signature: 'x' },
  ],
  [{ type: 'redacted_thinking', data: 'x' }],
  [
    { type: 'tool_use', id: 'a', name: 'n', input: {} },
    { type: 'input_json_delta', partial_json: '{}' },
  ],
  [SERVER_CALL],
  [{ type: 'mcp_tool_use', id: 'b', name: 'n', input: {}, server_name: 'x' }],
  [{ type: 'mcp_tool_result', tool_use_id: 'b', is_error: false, content: [] }],
  [{ type: 'web_search_tool_result', tool_use_id: 's', content: [] }],
  [{ type: 'web_fetch_tool_result', tool_use_id: 's', content: {} }],
  [{ type: 'code_execution_tool_result', tool_use_id: 's', content: {} }],
  [{ type: 'bash_code_execution_tool_result', tool_use_id: 's', content: {} }],
  [{ type: 'text_editor_code_execution_tool_result', tool_use_id: 's', content: {} }],
  [{ type: 'tool_search_tool_result', tool_use_id: 's', content: {} }],
  [{ type: 'advisor_tool_result', tool_use_id: 's', content: {} }],
  [{ type: 'container_upload', file_id: 'x' }],
  [{ type: 'fallback' }],
  [{ type: 'mcp_tool_listing', mcp_server_name: 'x', tools: [] }],
  [
    { type: 'compaction', content: null },
    { type: 'compaction_delta', content: 'x', encrypted_content: 'x' },
  ],
]

const usage = { input_tokens: 1, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 }

const MESSAGE: readonly JsonObject[] = [
  {
    type: 'message_start',
    message: {
      id: 'msg_a',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage,
    },
  },
  ...BLOCKS.flatMap(([block, ...deltas], index) => [
    { type: 'content_block_start', index, content_block: block },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ]),
  {
    type: 'message_delta',
    delta: { stop_reason: 'tool_use', stop_sequence: null, container: {}, stop_details: {} },
    usage,
  },
  { type: 'message_stop' },
]

const FAILURE: readonly JsonObject[] = [
  { type: 'error', error: { type: 'api_error', message: 'x' }, request_id: 'req' },
]

/** A field that the grammar leaves out or lets be null, by the last part of its path. */
const MAY_BE_MISSING = /cache_\w+|container|stop_details|citations|request_id|encrypted_content/
const MISSING_IN = /^(message_delta usage\.input_tokens|.* content_block\.signature)$/
const MAY_BE_NULL = new RegExp(`${MAY_BE_MISSING.source}|stop_reason|stop_sequence`)
const NULL_IN = /^(message_delta usage\.input_tokens|.*(compaction|compaction_delta) \w+\.content)$/

/** All fields of an event but the discriminators, as paths. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return path.length === 0 ? [] : [path]
  const inner = Object.entries(value)
    .filter(([key]) => key !== 'type' || path.join('.') === 'message' || path.join('.') === 'error')
    .flatMap(([key, child]) => pathsOf(child, [...path, key]))
  return path.length === 0 ? inner : [path, ...inner]
}

function withValue(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put
  const object = value as JsonObject
  return { ...object, [key]: withValue(object[key], rest, put) }
}

const kindOf = (event: JsonObject): string => {
  const inner = (event['content_block'] ?? event['delta']) as JsonObject | undefined
  return [event['type'], inner?.['type']].filter((part) => part !== undefined).join(' ')
}

/** The musts of the stream in which one field of one event holds another value. */
function mustsWith(stream: readonly JsonObject[], at: number, path: readonly string[], put: unknown): string[] {
  const changed = stream.map((event, index) => (index === at ? (withValue(event, path, put) as JsonObject) : event))
  return judge('messages', bytesOf(changed.map((event) => frame(event)).join('')))
    .violations.filter(({ severity }) => severity === 'must')
    .map(({ message }) => message)
}

describe('the fields of /v1/messages', () => {
  it('are all right in the streams that the tests below change', () => {
    for (const stream of [MESSAGE, FAILURE]) {
      const verdict = judge('messages', bytesOf(stream.map((event) => frame(event)).join('')))
      expect(verdict).toMatchObject({ violations: [], newer: [] })
    }
  })

  for (const stream of [MESSAGE, FAILURE]) {
    stream.forEach((event, at) => {
      for (const path of pathsOf(event)) {
        const name = path.join('.')
        const where = `${kindOf(event)} ${name}`
        // The blocks of a result may carry anything but null as their content.
        const anything = /tool_result content_block\.content$/.test(where)
        const last = path.at(-1) ?? ''
        const missing = MAY_BE_MISSING.test(last) || MISSING_IN.test(where)
        const empty = MAY_BE_NULL.test(last) || NULL_IN.test(where)

        it(`${where} of another type is reported where it stands (${at})`, () => {
          const musts = mustsWith(stream, at, path, anything ? null : 1.5)
          expect(
            musts.some((message) => message.includes(`: ${last} must be`) || message.includes(`${name} must be`)),
          ).toBe(true)
        })
        it(`${where} may ${missing ? '' : 'not '}be missing (${at})`, () => {
          expect(mustsWith(stream, at, path, undefined).length === 0).toBe(missing)
        })
        it(`${where} may ${empty ? '' : 'not '}be null (${at})`, () => {
          const musts = mustsWith(stream, at, path, null).filter((message) => message.includes('must be'))
          expect(musts.length === 0).toBe(empty)
        })
      }
    })
  }
})
