import { JsonScan } from '../sse/json-scan.js'
import { Fingerprint } from './fingerprint.js'
import type { ToolEntry } from './tool-entry.js'

/** A tool call of one choice. */
export interface ToolCall {
  /** Its index downstream: dense, in the order in which calls were begun (CH-7). */
  readonly index: number
  readonly custom: boolean
  /** Its type, where that is newer than we are: then only its place and its id are ours to know. */
  readonly newer: string | undefined
  upstreamIndex: number | undefined
  upstreamId: string | undefined
  name: string | undefined
  /** Its first delta has gone out, with id, type and name. */
  announced: boolean
  /** The id that it has downstream. */
  id: string
  /** The upstream has said what type it is. */
  typed: boolean
  /** Arguments that came before the call could be announced. */
  readonly parts: string[]
  /** Its name came once more after its arguments were whole: the next arguments are another call's. */
  renewed: boolean
  /** All arguments that came. */
  sent: Fingerprint
  scan: JsonScan
  /** Something stands behind JSON that was whole. */
  spoilt: boolean
  /** `{}` is all that came, and may be no more than a prefix (D-63). */
  braces: boolean
  /** Such a `{}` has gone out for all of them. */
  settled: boolean
}

export const indexCode = 'chat/tool-index-missing-or-wrong'
export const idCode = 'chat/tool-id-missing'
export const nameCode = 'chat/tool-name-repeated-split-late'
export const typeCode = 'chat/tool-type-missing'
export const argsCode = 'chat/tool-args-shape'

/**
 * A call that an entry begins.
 *
 * @param before the call whose name came once more, which was the name of this one.
 */
export function createCall(
  index: number,
  { index: upstreamIndex, id: upstreamId, custom }: ToolEntry,
  newer: string | undefined,
  before: ToolCall | undefined,
): ToolCall {
  return {
    index,
    custom,
    newer,
    upstreamIndex,
    upstreamId,
    name: before?.name,
    typed: before?.typed === true,
    announced: false,
    renewed: false,
    id: '',
    parts: [],
    sent: new Fingerprint(),
    scan: new JsonScan(),
    spoilt: false,
    braces: false,
    settled: false,
  }
}

/** Counts what is added to the arguments of a call. */
export function addArguments(call: ToolCall, text: string): void {
  const end = call.scan.feed(text)
  if (end < text.length && !isBlank(text.slice(end))) call.spoilt = true
  call.sent.add(text)
}

/** Whether the arguments of a call are no JSON, and no beginning of any. */
export function isMalformed({ scan, spoilt }: ToolCall): boolean {
  return spoilt || scan.status === 'malformed'
}

/** Whether nothing can be added to a call's arguments without breaking them. */
export function isOver({ scan }: ToolCall): boolean {
  return scan.status === 'whole' || scan.status === 'malformed'
}

export function isBlank(args: string | undefined): boolean {
  return args === undefined || args.trim() === ''
}
