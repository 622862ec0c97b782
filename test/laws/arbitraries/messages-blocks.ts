import fc from 'fast-check'
import type { JsonObject } from '../stream-event.js'
import { cutText, type Tag, tags, texts } from './texts.js'

/** One content block: its start and the deltas it accepts (GRAMMAR 2.2). */
export interface Block {
  readonly start: JsonObject
  readonly deltas: readonly JsonObject[]
}

/** The kinds of block, with their weights. */
const kinds = [
  ...Array.from({ length: 5 }, () => 'text' as const),
  ...Array.from({ length: 4 }, () => 'tool' as const),
  'thinking' as const,
  'thinking' as const,
  'redacted' as const,
  'search' as const,
  'mcp' as const,
  'compaction' as const,
  'complete' as const,
  'newer' as const,
]

/** Everything that is chosen about one block. */
export interface BlockPlan {
  readonly kind: (typeof kinds)[number]
  readonly texts: readonly string[]
  /** Where JSON arguments are cut into fragments. */
  readonly cuts: readonly number[]
  readonly variant: number
}

export const blockPlans: fc.Arbitrary<BlockPlan> = fc.record({
  kind: fc.constantFrom(...kinds),
  texts: fc.array(texts, { maxLength: 4 }),
  cuts: fc.array(fc.nat(60), { maxLength: 4 }),
  variant: fc.nat(11),
})

/** Turns plans into blocks. */
export function layOut(plans: readonly BlockPlan[], mark: string): Block[] {
  const tag = tags(mark)
  return plans.flatMap((plan, number) => block(plan, number, tag, mark))
}

function block(plan: BlockPlan, number: number, tag: Tag, mark: string): Block[] {
  const { variant } = plan
  switch (plan.kind) {
    case 'text':
      return [text(plan, tag, mark)]
    case 'thinking':
      return [thinking(plan, tag, mark)]
    case 'redacted':
      return [{ start: { type: 'redacted_thinking', data: `ERpC${mark}` }, deltas: [] }]
    case 'tool':
      return [tool(plan, tag, { type: 'tool_use', id: `toolu_${number}${mark}`, name: `get_${variant}${mark}` })]
    case 'search':
      return search(plan, number, tag, mark)
    case 'mcp': {
      const id = `mcptoolu_${number}`
      const content = [{ type: 'text', text: tag('found') }]
      return [
        tool(plan, tag, { type: 'mcp_tool_use', id, name: 'lookup', server_name: `wiki${mark}` }),
        { start: { type: 'mcp_tool_result', tool_use_id: id, is_error: false, content }, deltas: [] },
      ]
    }
    case 'compaction': {
      const content = variant % 3 === 0 ? null : tag('summary')
      return [{ start: { type: 'compaction', content: null }, deltas: [{ type: 'compaction_delta', content }] }]
    }
    case 'complete':
      return [{ start: complete[variant % complete.length] ?? {}, deltas: [] }]
    case 'newer': {
      const deltas = plan.texts.map((part) => ({ type: 'hologram_delta', part: tag(part) }))
      return [{ start: { type: 'hologram', seed: tag('seed'), size: variant }, deltas }]
    }
  }
}

const complete: readonly JsonObject[] = [
  { type: 'container_upload', file_id: 'file_01' },
  { type: 'fallback', from: { model: 'model-a' }, to: { model: 'model-b' }, trigger: { type: 'refusal' } },
  { type: 'mcp_tool_listing', mcp_server_name: 'wiki', tools: [] },
]

function text({ texts: parts, variant }: BlockPlan, tag: Tag, mark: string): Block {
  const deltas: JsonObject[] = parts.map((part) => ({ type: 'text_delta', text: tag(part) }))
  if (variant === 1) deltas.push({ type: 'citations_delta', citation: citation(mark) })
  // A delta of a kind that is newer than we are passes in place.
  if (variant === 2) deltas.push({ type: 'annotation_delta', note: `soon${mark}` })
  const fields: JsonObject = variant === 3 ? { citations: null } : variant === 4 ? { [`x_block${mark}`]: mark } : {}
  return { start: { type: 'text', text: '', ...fields }, deltas }
}

function citation(mark: string): JsonObject {
  const place = { document_index: 0, document_title: null, start_char_index: 0, end_char_index: 5 }
  return { type: 'char_location', cited_text: `cited${mark}`, ...place }
}

function thinking({ texts: parts, variant }: BlockPlan, tag: Tag, mark: string): Block {
  const deltas: JsonObject[] = parts.map((part) => ({ type: 'thinking_delta', thinking: tag(part) }))
  if (variant === 1) deltas[0] = { ...(deltas[0] ?? { type: 'thinking_delta', thinking: '' }), estimated_tokens: 3 }
  if (variant < 8) deltas.push({ type: 'signature_delta', signature: `Eq4C+/=${mark}` })
  return { start: { type: 'thinking', thinking: '', ...(variant % 2 ? {} : { signature: '' }) }, deltas }
}

/** A tool block: fragments of one JSON object, none at all, or all of it in the start (FINDINGS A2). */
function tool({ texts: parts, cuts, variant }: BlockPlan, tag: Tag, start: JsonObject): Block {
  const input: JsonObject = Object.fromEntries(parts.map((part, key) => [`${tag('key')}${key}`, value(tag(part), key)]))
  if (variant === 0) return { start: { ...start, input: {} }, deltas: [] }
  if (variant === 1) return { start: { ...start, input, caller: { type: 'direct' } }, deltas: [] }
  const json = variant % 3 === 0 ? JSON.stringify(input, null, 2) : JSON.stringify(input)
  const fragments = cutText(json, cuts)
  if (variant % 2) fragments.unshift('')
  return {
    start: { ...start, input: {} },
    deltas: fragments.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
  }
}

function value(content: string, kind: number) {
  return kind === 1 ? [content, { deep: [1.5e-7, false, null] }] : kind === 2 ? { inner: content } : content
}

function search(plan: BlockPlan, number: number, tag: Tag, mark: string): Block[] {
  const id = `srvtoolu_${number}`
  const page = { type: 'web_search_result', url: 'https://example.org/', title: tag('page'), page_age: null }
  const content = plan.variant % 4 === 0 ? [] : [{ ...page, encrypted_content: `EqgF${mark}` }]
  return [
    tool(plan, tag, { type: 'server_tool_use', id, name: 'web_search' }),
    { start: { type: 'web_search_tool_result', tool_use_id: id, content }, deltas: [] },
  ]
}
