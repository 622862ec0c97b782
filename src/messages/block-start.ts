import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Detail } from '../defects/reporter.js'
import type { Repair } from '../defects/types.js'
import { familyOf, isString, kindOf } from './shapes.js'

/** What is wrong with a start, and what is done about it. */
export interface StartFinding {
  readonly code: Code
  readonly action: Repair
  readonly detail: Detail
}

/** A block start as it should have been, and what it carried that belongs elsewhere (23, 35, 36, 43). */
export interface ReadStart {
  readonly type: string
  /** The block to send; the one that came, where nothing in it changes. */
  block: JsonObject
  readonly findings: StartFinding[]
  /** Text or thinking that came in the start. */
  content: string
  signature: string | undefined
  input: string | undefined
  /** The block lacks what cannot be invented and is to be left out (47). */
  unusable: boolean
  /** The name of a tool, or undefined where it has none yet (37). */
  name: string | undefined
}

/**
 * Reads the `content_block` of a start.
 *
 * @param tooDeep tells whether the frame is nested too deeply to write its input anew.
 * @returns undefined where there is no block to speak of.
 */
export function readStart(value: unknown, tooDeep: () => boolean): ReadStart | undefined {
  if (!isJsonObject(value)) return undefined
  const type = isString(value['type']) ? value['type'] : inferBlockType(value)
  if (type === undefined) return undefined
  const read: ReadStart = {
    type,
    block: value,
    findings: [],
    content: '',
    signature: undefined,
    input: undefined,
    unusable: false,
    name: undefined,
  }
  if (value['type'] !== type) fill(read, 'type', 'string', type)
  if (type === 'text') takeContent(read, 'text')
  else if (type === 'thinking') readThinking(read)
  else if (type === 'redacted_thinking') read.unusable = !isString(value['data'])
  else if (familyOf(type) === 'tool') readTool(read, tooDeep)
  return read
}

function readThinking(read: ReadStart): void {
  takeContent(read, 'thinking')
  const { signature } = read.block
  // AN-16: a start without `signature` is what early recordings show; a full one leaves as the delta it should have been.
  if (isString(signature) && signature !== '') {
    read.signature = signature
    read.block = { ...read.block, signature: '' }
    if (read.content === '') move(read, 'messages/signature-misplaced', 'content_block.signature')
  } else if (signature !== undefined && !isString(signature)) fill(read, 'signature', 'string', '')
}

function readTool(read: ReadStart, tooDeep: () => boolean): void {
  const { name, input, caller } = read.block
  if (isString(name) && name !== '') read.name = name
  if (isJsonObject(input)) {
    // FINDINGS A.2: Anthropic itself sends the whole input of a programmatic or server tool call in the start.
    const whole = Object.keys(input).length === 0 || isJsonObject(caller) || read.type !== 'tool_use'
    if (whole) return
    if (!tooDeep()) read.input = JSON.stringify(input)
    move(read, 'messages/content-in-block-start', 'content_block.input')
    read.block = { ...read.block, input: {} }
    return
  }
  if (isString(input) && input.trim() !== '') read.input = input
  fill(read, 'input', 'object', {})
}

/** Takes text out of a start: clients lose what stands there (35). */
function takeContent(read: ReadStart, field: 'text' | 'thinking'): void {
  const content = read.block[field]
  if (content === '') return
  if (!isString(content)) {
    fill(read, field, 'string', '')
    return
  }
  read.content = content
  move(read, 'messages/content-in-block-start', `content_block.${field}`)
  read.block = { ...read.block, [field]: '' }
}

function fill(read: ReadStart, field: string, wanted: string, fallback: unknown): void {
  read.findings.push({
    code: 'messages/required-field-omitted',
    action: 'rewrote',
    detail: { path: `content_block.${field}`, wanted, found: kindOf(read.block[field]) },
  })
  read.block = { ...read.block, [field]: fallback }
}

function move(read: ReadStart, code: Code, path: string): void {
  read.findings.push({ code, action: 'moved', detail: { path } })
}

function inferBlockType(block: JsonObject): string | undefined {
  if (isString(block['text'])) return 'text'
  if (isString(block['thinking'])) return 'thinking'
  return isString(block['name']) ? 'tool_use' : undefined
}
