import type { JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { type Block, isCut, type Key, mayClose, type Part } from './block.js'
import { beginBlock, identify, payOwed, sendContent, sendDelta } from './block-output.js'
import type { Context } from './context.js'
import { readDelta } from './delta.js'
import { meaningOf, typed } from './intake.js'
import { observeBlock, observeStart } from './observe.js'
import { isKnownBlock } from './shapes.js'
import { settlePlaceholder } from './tool-arguments.js'

/**
 * Whose turn it is: the one block that is open downstream, and the blocks that wait behind it because it is a tool call that may
 * still get arguments (D-20). What is held of a block, noise included, is kept with it and acted on when its turn has come.
 */
export class Turns {
  readonly #context: Context
  readonly #waiting: Block[] = []
  readonly #toolIds = new Set<unknown>()
  /** The open block whose deltas were last reported to pass those that wait. */
  #passing: Block | undefined
  /** The held events of a block are being acted on: what they call for goes behind them. */
  #replaying = false
  /** The open block is being closed: what was held of it leaves in front of its stop. */
  #closing = false
  /** The block that is open downstream, or deferred. */
  live: Block | undefined

  constructor(context: Context) {
    this.#context = context
  }

  /** No block waits. */
  get free(): boolean {
    return this.#waiting.length === 0
  }

  /** No block is open, or the upstream has stopped the one that is. */
  get closed(): boolean {
    return this.live === undefined || this.live.stopped
  }

  /** The open block is a tool call that was stopped before its arguments were whole (D-22). */
  get stoppedShort(): boolean {
    return this.live?.heldStop !== undefined && !mayClose(this.live)
  }

  /** Puts a block behind those that wait, and opens what may be opened. */
  lineUp(block: Block): void {
    this.#waiting.push(block)
    this.drain()
  }

  /** Notes that a delta of the open block passes those that wait. True where that is news. */
  passes(block: Block): boolean {
    const news = this.#waiting.length > 0 && !this.#replaying && this.#passing !== block
    if (news) this.#passing = block
    return news
  }

  // Holding

  hold(block: Block, frame: Frame, act: () => void): void {
    this.#context.held.add(frame.raw.length)
    block.parts.push({ frame, act })
  }

  /** Holds a comment or a ping behind what waits (D-21). False where nothing does. */
  behind(frame: Frame, act: () => void): boolean {
    const last = this.#replaying ? undefined : this.#waiting[this.#waiting.length - 1]
    const block = last ?? this.live
    if (block === undefined) return false
    if (last === undefined && block.heldStop !== undefined && !this.#closing) {
      this.#context.held.add(frame.raw.length)
      block.behindStop.push({ frame, act })
      return true
    }
    if (last === undefined && block.parts.length === 0) return false
    this.hold(block, frame, act)
    return true
  }

  /** Acts on what was held, in order; what that calls for goes behind it. */
  release(parts: Part[]): void {
    const nested = this.#replaying
    this.#replaying = true
    for (const { frame, act } of parts.splice(0)) {
      this.#context.held.remove(frame.raw.length)
      if (!this.settleThinking(frame)) act()
    }
    this.#replaying = nested
  }

  /** The stop of a thinking block has waited for one frame (D-27). True where that was the signature it waited for. */
  settleThinking(frame: Frame): boolean {
    const block = this.live
    if (block?.family !== 'thinking' || block.heldStop === undefined) return false
    const isDelta = meaningOf(frame) === 'content_block_delta'
    const value = (isDelta ? (frame as EventFrame).value : undefined) as JsonObject | undefined
    const read = readDelta(value?.['delta'], () => true)
    const late = read.type === 'signature_delta' && this.#context.blocks.at(value?.['index'] as Key) === block
    if (late) {
      this.#context.reporter.defect('messages/signature-misplaced', 'moved', frame)
      sendDelta(this.#context, block, typed(this.#context, frame as EventFrame), read)
    }
    this.close(frame)
    return late
  }

  // Opening and closing

  /** Opens what waits, block by block, as far as the open block allows. */
  drain(): void {
    while (!this.#replaying && !this.free && (this.live === undefined || mayClose(this.live))) this.#next()
  }

  /** Opens the block that is first in line, and acts on what was held of it. */
  #next(): void {
    const block = this.#waiting.shift()
    const frame = block?.start
    if (block === undefined || frame === undefined) return
    const { held, reporter, options } = this.#context
    held.remove(frame.raw.length)
    if (this.live !== undefined && this.live === this.#passing) this.live.moved = true
    this.close(frame)
    if (block.family === 'tool') identify(this.#context, block, this.#toolIds, frame)
    if (!isKnownBlock(block.type)) reporter.observe('messages/block-type-unknown', frame)
    observeStart(this.#context, frame, block.block, this.#toolIds)
    this.live = block
    block.state = 'open'
    if (options.emptyText !== 'drop' || block.type !== 'text') beginBlock(this.#context, block)
    sendContent(this.#context, block, block.content, frame)
    this.release(block.parts)
  }

  /** Closes the open block, with the upstream's stop where there is one. */
  close(where: Where): void {
    const block = this.live
    if (block === undefined) return
    const { writer, reporter } = this.#context
    this.#closing = true
    settlePlaceholder(this.#context, block)
    this.release(block.parts)
    payOwed(this.#context, block, where)
    this.#closing = false
    // 20: a second set of arguments had begun, and belongs to no call.
    if (block.input?.restPending === true) this.#context.lose('messages/tool-args-concatenated', where)
    this.live = undefined
    this.#context.blocks.unfinished--
    if (block.index < 0) {
      reporter.defect('messages/empty-text-block', 'dropped', block.start ?? where)
      block.state = 'dropped'
      return
    }
    if (!block.stopped && !block.made && !block.moved) reporter.defect('messages/block-stop-missing', 'inserted', where)
    block.state = 'closed'
    if (block.heldStop === undefined) writer.make({ type: 'content_block_stop', index: block.index }, where)
    else writer.send(block.heldStop, 'content_block_stop', block.index)
    block.heldStop = undefined
    // It is remembered for what may come late, but must not pin the chunks that these were cut from.
    block.start = undefined
    block.before = ''
    observeBlock(this.#context, block, where)
    this.release(block.behindStop)
  }

  /** Closes every block, those that wait included. False where a tool call is cut and that is not allowed. */
  finish(where: Where, mayBeCut: boolean): boolean {
    do {
      if (this.live !== undefined && isCut(this.live) && !mayBeCut) return false
      this.close(where)
      this.#next()
      this.drain()
    } while (this.live !== undefined)
    this.#context.blocks.dropAllUnnamed(where)
    return true
  }

  /**
   * Lets go of what is held, since an error follows (D-23): what waits behind a cut tool is dropped.
   *
   * @param ours the error is ours: a cut tool gets no stop then, not even the upstream's.
   */
  abandon(where: Where, ours: boolean): void {
    const { writer, reporter, blocks } = this.#context
    while (this.live?.heldStop !== undefined && (!ours || this.live.family === 'thinking')) {
      this.close(where)
      this.drain()
    }
    const { live } = this
    if (live !== undefined) {
      if (live.index < 0) reporter.defect('messages/empty-text-block', 'dropped', live.start ?? where)
      if (live.input?.restPending === true) reporter.defect('messages/tool-args-concatenated', 'dropped', where)
      this.release(live.parts)
      payOwed(this.#context, live, where)
      this.release(live.behindStop)
    }
    blocks.dropAllUnnamed(where)
    for (const { start, made, parts } of this.#waiting.splice(0)) {
      if (start !== undefined && !made) reporter.defect('messages/blocks-interleaved', 'dropped', start)
      for (const { frame } of parts) {
        if (frame.kind === 'comment') writer.pass(frame)
        else reporter.defect('messages/blocks-interleaved', 'dropped', frame)
      }
    }
  }
}
