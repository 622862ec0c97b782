import type { Where } from '../defects/reporter.js'
import { isCount, kindOf } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { type Beginning, type Block, createBlock, type Key, takes } from './block.js'
import { type Context, lose } from './context.js'
import type { ReadDelta } from './delta.js'

/** Where a block event without a usable index belongs. */
const noKey = 'none'

/** The upstream's keys and the newest block of each: which block an event means. */
export class Blocks {
  readonly #context: Context
  /** Beyond a bound the oldest that is over is forgotten. */
  readonly #table = new Map<Key, Block>()
  /** The index that the next block of a conformant upstream would have. */
  #expected = 0
  /** How many are neither closed nor dropped. */
  unfinished = 0

  constructor(context: Context) {
    this.#context = context
  }

  at(key: Key): Block | undefined {
    return this.#table.get(key)
  }

  /** The key of a block event, reported where it is no index (51). */
  keyOf(frame: EventFrame, index: unknown): Key {
    if (isCount(index)) return index
    this.#context.reporter.defect('messages/index-missing', 'rewrote', frame, { path: 'index', found: kindOf(index) })
    return typeof index === 'string' && /^\d{1,9}$/.test(index) ? Number(index) : noKey
  }

  /** Checks the key that a start gives its block. */
  checkIndex(frame: EventFrame, key: Key, known: Block | undefined): void {
    const detail = { path: 'index' }
    const { reporter } = this.#context
    if (known !== undefined) {
      if (key !== noKey) reporter.defect('messages/block-index-collision', 'rewrote', frame, detail)
    } else if (key !== noKey && key !== this.#expected) {
      reporter.defect('messages/index-non-contiguous', 'rewrote', frame, detail)
    }
    this.#expected = (isCount(key) && key >= 0 ? key : this.#expected) + 1
  }

  /** The block that a delta is for. Blocks that were begun for deltas addressed to a tool have keys of their own (2). */
  forDelta(key: Key, read: ReadDelta, frame: EventFrame, live: Block | undefined): Block | undefined {
    const block = this.#table.get(key)
    if (block !== undefined) return takes(block, read) ? block : (this.#table.get(sideKey(block, read)) ?? block)
    return live !== undefined && isAdrift(key) && takes(live, read) ? this.#adrift(key, frame, live) : undefined
  }

  /** The block that a stop is for. */
  forStop(key: Key, frame: EventFrame, live: Block | undefined): Block | undefined {
    return this.#table.get(key) ?? (live !== undefined && isAdrift(key) ? this.#adrift(key, frame, live) : undefined)
  }

  #adrift(key: Key, frame: EventFrame, live: Block): Block {
    if (key !== noKey) this.#context.reporter.defect('messages/index-missing', 'rewrote', frame, { path: 'index' })
    return live
  }

  register(key: Key, read: Beginning, start: EventFrame | undefined, made: boolean): Block {
    const block = createBlock(key, read, start, made)
    if (start !== undefined) this.#context.held.add(start.raw.length)
    // A block that we begin stands where the upstream's own would have.
    if (start !== undefined && made && key === this.#expected) this.#expected++
    this.unfinished++
    const before = this.#table.get(key)
    if (before?.unnamed === true && before.state === 'waiting')
      this.dropUnnamed(before, start ?? { number: 0, offset: 0 })
    this.#table.delete(key)
    this.#table.set(key, block)
    if (this.#table.size > this.#context.limits.maxOpenBlocks * 2) {
      for (const [old, { state }] of this.#table) {
        if (state !== 'closed' && state !== 'dropped') continue
        this.#table.delete(old)
        break
      }
    }
    return block
  }

  drop(block: Block): void {
    const { held } = this.#context
    if (block.start !== undefined) held.remove(block.start.raw.length)
    for (const { frame } of block.parts.splice(0)) held.remove(frame.raw.length)
    block.state = 'dropped'
    this.unfinished--
  }

  dropUnnamed(block: Block, where: Where): void {
    const code = block.start === undefined ? 'messages/block-delta-without-start' : 'messages/tool-name-missing'
    lose(this.#context, code, block.start ?? block.parts[0]?.frame ?? where)
    this.drop(block)
  }

  /** Nothing else can be made of tools that never got a name (37). */
  dropAllUnnamed(where: Where): void {
    for (const block of this.#table.values())
      if (block.unnamed && block.state === 'waiting') this.dropUnnamed(block, where)
  }
}

/** A key that addresses no block of its own: absent, or negative (1, 51). */
function isAdrift(key: Key): boolean {
  return key === noKey || (typeof key === 'number' && key < 0)
}

/** The key of the block that is begun for a delta which a block does not take. */
export function sideKey(block: Block, read: ReadDelta): Key {
  return block.family === 'tool' || read.shape?.family === 'tool' ? `${block.key}/${read.shape?.block}` : block.key
}
