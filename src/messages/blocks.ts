import type { Where } from '../defects/reporter.js'
import { isCount, kindOf } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { type Beginning, type Block, createBlock, type Key, takes } from './block.js'
import type { Context } from './context.js'
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

  /** Checks the key that a start gives its block. */
  checkKey(frame: EventFrame, key: Key, known: Block | undefined): void {
    const code = known === undefined ? 'messages/index-non-contiguous' : 'messages/block-index-collision'
    if (key !== noKey && (known !== undefined || key !== this.#expected)) {
      this.#context.reporter.defect(code, 'rewrote', frame, { path: 'index' })
    }
    this.#expected = (isCount(key) && key >= 0 ? key : this.#expected) + 1
  }

  register(key: Key, read: Beginning, start: EventFrame | undefined, made: boolean): Block {
    const context = this.#context
    const table = this.#table
    const block = createBlock(key, read, start, made)
    if (start !== undefined) context.held.add(start.raw.length)
    // A block that we begin stands where the upstream's own would have.
    if (start !== undefined && made && key === this.#expected) this.#expected++
    this.unfinished++
    const before = table.get(key)
    if (before !== undefined && lacksName(before)) dropUnnamed(context, before, start ?? { number: 0, offset: 0 })
    table.delete(key)
    table.set(key, block)
    if (table.size > context.limits.maxOpenBlocks * 2) {
      for (const [old, { state }] of table) {
        if (state !== 'closed' && state !== 'dropped') continue
        table.delete(old)
        break
      }
    }
    return block
  }

  /** Nothing else can be made of tools that never got a name (37). */
  dropAllUnnamed(where: Where): void {
    for (const block of this.#table.values()) if (lacksName(block)) dropUnnamed(this.#context, block, where)
  }
}

/** The key of a block event, reported where it is no index (51). */
export function keyOf({ reporter }: Context, frame: EventFrame, index: unknown): Key {
  if (isCount(index)) return index
  reporter.defect('messages/index-missing', 'rewrote', frame, { path: 'index', found: kindOf(index) })
  return typeof index === 'string' && /^\d{1,9}$/.test(index) ? Number(index) : noKey
}

/** The block that a delta is for. Blocks that were begun for deltas addressed to a tool have keys of their own (2). */
export function blockOfDelta(context: Context, key: Key, read: ReadDelta, frame: EventFrame): Block | undefined {
  const { blocks, turns } = context
  const block = blocks.at(key)
  if (block !== undefined) return takes(block, read) ? block : (blocks.at(sideKey(block, read)) ?? block)
  return turns.live !== undefined && takes(turns.live, read) ? adrift(context, key, frame) : undefined
}

/** The block that a stop is for. */
export function blockOfStop(context: Context, key: Key, frame: EventFrame): Block | undefined {
  return context.blocks.at(key) ?? adrift(context, key, frame)
}

/** The open block, where a key addresses no block of its own: absent, or negative (1, 51). */
function adrift({ reporter, turns }: Context, key: Key, frame: EventFrame): Block | undefined {
  if (key === noKey || turns.live === undefined) return turns.live
  if (typeof key !== 'number' || key >= 0) return undefined
  reporter.defect('messages/index-missing', 'rewrote', frame, { path: 'index' })
  return turns.live
}

/** A tool that still waits for its name (37). */
export function lacksName({ unnamed, state }: Block): boolean {
  return unnamed && state === 'waiting'
}

export function dropBlock({ held, blocks }: Context, block: Block): void {
  if (block.start !== undefined) held.remove(block.start.raw.length)
  for (const { frame } of block.parts.splice(0)) held.remove(frame.raw.length)
  block.state = 'dropped'
  blocks.unfinished--
}

export function dropUnnamed(context: Context, block: Block, where: Where): void {
  const code = block.start === undefined ? 'messages/block-delta-without-start' : 'messages/tool-name-missing'
  context.lose(code, block.start ?? block.parts[0]?.frame ?? where)
  dropBlock(context, block)
}

/** The key of the block that is begun for a delta which a block does not take. */
export function sideKey(block: Block, read: ReadDelta): Key {
  return block.family === 'tool' || read.shape?.family === 'tool' ? `${block.key}/${read.shape?.block}` : block.key
}
