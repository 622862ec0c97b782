import type { JsonObject } from '../defects/protocol.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { JsonScan } from '../sse/json-scan.js'
import type { ReadDelta } from './delta.js'
import { type Family, familyOf } from './shapes.js'
import type { ReadStart } from './start.js'
import { ToolInput } from './tool-input.js'

/** How the upstream addresses a block: its index, or a name of ours where it has none. */
export type Key = number | string

/** A frame that may not leave yet, and what is done with it when it may. */
export interface Part {
  readonly frame: Frame
  readonly act: () => void
}

/** One content block, from what the upstream said of it to what has gone downstream. */
export interface Block {
  readonly key: Key
  type: string
  readonly family: Family
  /** The frame that began it; for a block without a start, the one that we made. */
  start: EventFrame | undefined
  /** Its `content_block`, as it is to go out. */
  block: JsonObject
  /** Its start is ours, so that its stop may be as well. */
  readonly made: boolean
  /** The downstream index; -1 until its start has gone out. */
  index: number
  /** `waiting`: for its turn, or for its name; `dropped`: left out with all its events. */
  state: 'waiting' | 'open' | 'closed' | 'dropped'
  /** A tool whose name has not come (37). */
  unnamed: boolean
  /** What is held of it: all that follows the start while it waits, a placeholder and the noise behind it while it is open. */
  parts: Part[]
  /** The upstream has stopped it. */
  stopped: boolean
  /** A stop that waits (D-22, D-27). */
  heldStop: EventFrame | undefined
  /** What came behind that stop and leaves behind it (D-21). */
  readonly behindStop: Part[]
  /** It was closed early as part of another repair, so that its own stop, when it comes, is no news. */
  moved: boolean
  /** Text or thinking that came in the start (35). */
  content: string
  /** Input or a signature that came in the start; it leaves with the stop, unless the stream brings it (D-29, 43). */
  owed: string | undefined
  /** It has what it exists for: a text block some text, thinking its signature, a tool its arguments. */
  filled: boolean
  /** The arguments of a tool. */
  input: ToolInput | undefined
  /** Deltas so far, how many of them came twice in a row, and the one before (57). */
  deltas: number
  doubled: number
  before: string
}

/** What a block is made from: what was read of its start, or what stands for it. */
export type Beginning = Pick<ReadStart, 'type' | 'block'> & Partial<ReadStart>

export function createBlock(key: Key, read: Beginning, start: EventFrame | undefined, made: boolean): Block {
  const family = familyOf(read.type)
  const { name } = read.block
  return {
    key,
    type: read.type,
    family,
    start,
    block: read.block,
    made,
    index: -1,
    state: 'waiting',
    unnamed: family === 'tool' && (typeof name !== 'string' || name === ''),
    parts: [],
    stopped: false,
    heldStop: undefined,
    behindStop: [],
    moved: false,
    content: read.content ?? '',
    owed: read.owed,
    filled: false,
    input: family === 'tool' ? new ToolInput() : undefined,
    deltas: 0,
    doubled: 0,
    before: '',
  }
}

/**
 * Whether what a tool has said so far can be all of it: its JSON is whole, or malformed and so the model's own, or it was
 * stopped without a word, which means `{}` (AN-14, D-20).
 */
export function mayClose(block: Block): boolean {
  const status = block.input?.status
  if (status === 'empty') return (block.stopped || block.filled || block.owed !== undefined) && !isCut(block)
  return status !== 'cut'
}

/** Whether the JSON of a tool lacks its end, also where it stood in the start (35). */
export function isCut({ input, filled, owed }: Block): boolean {
  if (input?.status !== 'empty' || filled || owed === undefined) return input?.status === 'cut'
  const scan = new JsonScan()
  scan.feed(owed)
  return scan.status === 'cut'
}

/** Whether a delta is of the kind that a block is filled with. */
export function takes(block: Block, { shape }: ReadDelta): boolean {
  return shape === undefined || shape.block === block.type || (shape.family === 'tool' && block.family === 'tool')
}

/** Whether a start says again what a block already is (26), or names a tool at last (37). */
export function repeats(known: Block, { type, block }: ReadStart): boolean {
  if (known.stopped || known.state === 'closed' || known.state === 'dropped') return false
  if (known.unnamed) return familyOf(type) === 'tool'
  if (type !== known.type || known.family === 'other') return false
  const { id } = block
  return known.family !== 'tool' || id === undefined || id === null || id === '' || id === known.block['id']
}
