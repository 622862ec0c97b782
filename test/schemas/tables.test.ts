import { describe, expect, it } from 'vitest'
import { messagesSchemas } from '../../src/schemas/index.js'
import { blocks, deltas, events } from './samples.js'

// The grammar's own lists (2.1 and 2.2), written out here so that a schema that goes missing is missed.
const grammar = {
  event: [
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
    'ping',
    'error',
  ],
  block: [
    'text',
    'thinking',
    'redacted_thinking',
    'tool_use',
    'server_tool_use',
    'mcp_tool_use',
    'web_search_tool_result',
    'web_fetch_tool_result',
    'code_execution_tool_result',
    'bash_code_execution_tool_result',
    'text_editor_code_execution_tool_result',
    'tool_search_tool_result',
    'advisor_tool_result',
    'mcp_tool_result',
    'container_upload',
    'fallback',
    'mcp_tool_listing',
    'compaction',
  ],
  delta: ['text_delta', 'citations_delta', 'thinking_delta', 'signature_delta', 'input_json_delta', 'compaction_delta'],
} as const

describe('the table of schemas', () => {
  it.each(['event', 'block', 'delta'] as const)('has each %s of the grammar and no other', (family) => {
    expect(Object.keys(messagesSchemas[family]).sort()).toEqual([...grammar[family]].sort())
  })

  it('has each schema under the type that it checks', () => {
    for (const table of Object.values(messagesSchemas)) {
      for (const [type, schema] of Object.entries(table)) expect(schema.shape.type.value).toBe(type)
    }
  })

  it('has a sample in these tests for each of its entries', () => {
    const samples = { event: events, block: blocks, delta: deltas }
    for (const family of ['event', 'block', 'delta'] as const) {
      expect(Object.keys(samples[family]).sort()).toEqual([...grammar[family]].sort())
    }
  })
})
