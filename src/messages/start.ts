import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { type Finding, isString } from '../defects/shape.js'
import { completeBlock, familyOf } from './shapes.js'
import { isPlaceholder } from './tool-input.js'

/** A block start as it should have been, and what it carried that belongs elsewhere (23, 35, 36, 43). */
export interface ReadStart {
  readonly type: string
  /** The block to send; the one that came, where nothing in it changes. */
  readonly block: JsonObject
  readonly findings: readonly Finding[]
  /** Text or thinking that came in the start: it leaves as the first delta. */
  readonly content: string
  /** Input or a signature that came in the start: it leaves as the last delta, unless the stream brings it itself. */
  readonly owed: string | undefined
}

/**
 * Reads the `content_block` of a start.
 *
 * @param tooDeep tells whether the frame is nested too deeply to write its input anew.
 * @returns undefined where there is no block to speak of.
 */
export function readStart(value: unknown, tooDeep: () => boolean): ReadStart | undefined {
  if (!isJsonObject(value)) return undefined
  const type = isString(value['type']) && value['type'] !== '' ? value['type'] : inferType(value)
  if (type === undefined) return undefined
  const findings: Finding[] = []
  let block = completeBlock(value, type, findings)
  let content = ''
  let owed: string | undefined
  const moved = (code: Code, field: string): void => {
    findings.push({ code, action: 'moved', path: `content_block.${field}` })
  }
  const family = familyOf(type)
  if (family === 'tool') {
    const { input, caller } = value
    // 38: `null` and `""` mean no arguments.
    if (isString(input) && input.trim() !== '' && !isPlaceholder(input)) owed = input
    // FINDINGS A.2: Anthropic itself sends the whole input of a programmatic or server tool call in the start.
    if (type === 'tool_use' && isJsonObject(input) && Object.keys(input).length > 0 && !isJsonObject(caller)) {
      if (!tooDeep()) owed = JSON.stringify(input)
      block = { ...block, input: {} }
      moved('messages/content-in-block-start', 'input')
    }
  } else if (family !== 'other') {
    // 35, 43: clients lose what stands in a start; of a whole block that is one finding.
    content = block[family] as string
    const { signature } = block
    if (content !== '') moved('messages/content-in-block-start', family)
    else if (signature !== undefined && signature !== '') moved('messages/signature-misplaced', 'signature')
    if (content !== '') block = { ...block, [family]: '' }
    if (family === 'thinking' && isString(signature) && signature !== '') {
      owed = signature
      block = { ...block, signature: '' }
    }
  }
  return { type, block, findings, content, owed }
}

function inferType(block: JsonObject): string | undefined {
  if (isString(block['text'])) return 'text'
  if (isString(block['thinking'])) return 'thinking'
  return isString(block['name']) ? 'tool_use' : undefined
}
