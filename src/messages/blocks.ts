import type { EventFrame } from '../sse/frame.js'
import { type Family, familyOf } from './shapes.js'
import { ToolInput } from './tool-input.js'

/** How the upstream addresses a block: its index, or a name of ours where it has none. */
export type Key = number | string

/** One content block, from what the upstream said of it to what has gone downstream. */
export interface Block {
  readonly key: Key
  readonly type: string
  readonly family: Family
  /** The downstream index; -1 until it has one. */
  index: number
  /**
   * `unnamed`: a tool whose name has not come; `deferred`: an empty text block that is not to go out empty; `dropped`: left out
   * with all its events.
   */
  state: 'unnamed' | 'deferred' | 'open' | 'closed' | 'dropped'
  /** Its start is ours, so that its stop may be as well. */
  readonly made: boolean
  /** The id of a tool, as it went out. */
  id: unknown
  /** The upstream has stopped it. */
  stopped: boolean
  /** It was closed early as part of another repair, so that its own stop, when it comes, is no news. */
  moved: boolean
  /** The start of a block that is not open yet. */
  start: EventFrame | undefined
  /** The argument frames of an unnamed tool. */
  readonly parts: EventFrame[]
  readonly input: ToolInput | undefined
  /** The whole input that came in the start (D-29), as JSON. */
  startInput: string | undefined
  /** The signature that came in the start; it leaves with the stop unless a signature delta comes (43). */
  startSignature: string | undefined
  /** A first fragment that may be a placeholder (20). */
  placeholder: EventFrame | undefined
  /** A stop that waits (D-22, D-27). */
  heldStop: EventFrame | undefined
  /** Something of its content has gone out. */
  filled: boolean
  signed: boolean
  /** Deltas so far, how many of them came twice in a row, and the one before (57). */
  deltas: number
  doubled: number
  before: string
}

export function createBlock(key: Key, type: string, made: boolean): Block {
  const family = familyOf(type)
  return {
    key,
    type,
    family,
    index: -1,
    state: 'open',
    made,
    id: undefined,
    stopped: false,
    moved: false,
    start: undefined,
    parts: [],
    input: family === 'tool' ? new ToolInput() : undefined,
    startInput: undefined,
    startSignature: undefined,
    placeholder: undefined,
    heldStop: undefined,
    filled: false,
    signed: false,
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
  if (block.input === undefined) return true
  const { status } = block.input
  if (status === 'empty') return block.stopped || block.filled || block.startInput !== undefined
  return status !== 'cut'
}

/** The upstream's keys and the newest block of each. Closed blocks are forgotten, the oldest first, beyond a bound. */
export class BlockTable {
  readonly #blocks = new Map<Key, Block>()
  readonly #bound: number

  constructor(bound: number) {
    this.#bound = bound
  }

  get(key: Key): Block | undefined {
    return this.#blocks.get(key)
  }

  set(block: Block): void {
    this.#blocks.delete(block.key)
    this.#blocks.set(block.key, block)
    if (this.#blocks.size <= this.#bound) return
    for (const [key, { state }] of this.#blocks) {
      if (state !== 'closed' && state !== 'dropped') continue
      this.#blocks.delete(key)
      break
    }
  }

  delete(key: Key): void {
    this.#blocks.delete(key)
  }

  /** The tools whose name has not come. */
  unnamed(): Block[] {
    return Array.from(this.#blocks.values()).filter((block) => block.state === 'unnamed')
  }
}
