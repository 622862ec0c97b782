import type { Code } from '../defects/codes.js'
import type { JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { isCount, kindOf, reportAll } from '../defects/shape.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { madeFrame } from '../sse/made.js'
import { type Beginning, type Block, createBlock, type Key, mayClose, type Part } from './blocks.js'
import { type Context, lose } from './context.js'
import { type ReadDelta, readDelta } from './delta.js'
import type { BlockMeaning } from './intake.js'
import { observeBlock, observeCitation, observeDoubling, observeStart } from './observe.js'
import { deltaShape, emptyBlock, familyOf, isKnownBlock } from './shapes.js'
import { type ReadStart, readStart } from './start.js'
import { isPlaceholder, ToolInput } from './tool-input.js'

/** Where a block event without a usable index belongs. */
const noKey = 'none'

/**
 * The content blocks: what the upstream says of them, the one block that is open downstream, and the blocks that wait in line
 * behind it.
 *
 * Every event goes to the block that its key names. A block that waits for its turn (D-20) or its name (37) keeps its events
 * until it opens, and they are acted on one by one then.
 */
export class Content {
  readonly #context: Context
  /** The upstream's keys and the newest block of each. Beyond a bound the oldest that is over is forgotten. */
  readonly #table = new Map<Key, Block>()
  /** The block that is open downstream, or deferred. */
  #live: Block | undefined
  /** What waits behind a tool call that may still get arguments. */
  readonly #line: Block[] = []
  /** The open block whose deltas were last reported to pass those that wait. */
  #passing: Block | undefined
  /** The held events of a block are being acted on: what they call for goes behind them. */
  #replaying = false
  /** The open block is being closed: what was held of it leaves in front of its stop. */
  #closing = false
  /** The index that the next block of a conformant upstream would have. */
  #expected = 0
  readonly #toolIds = new Set<string>()
  /** The blocks that are neither closed nor dropped. */
  openBlocks = 0
  /** A block has begun, or something that belongs into one has come. */
  begun = false
  /** The blocks come from a whole message, so that their content rightly stands in their starts (45, 56). */
  whole = false

  constructor(context: Context) {
    this.#context = context
  }

  /** No block is open, or the upstream has stopped the one that is. */
  get closed(): boolean {
    return this.#live === undefined || this.#live.stopped
  }

  /** The open block is a tool call that was stopped before its arguments were whole (D-22). */
  get stoppedShort(): boolean {
    return this.#live?.heldStop !== undefined && !mayClose(this.#live)
  }

  /**
   * Sends a plain delta on where it is just what the open block takes and nothing waits.
   *
   * @returns false where it has to be looked at more closely; nothing has been done then.
   */
  flow(frame: EventFrame): boolean {
    const live = this.#live
    const { plain, writer } = this.#context
    if (live === undefined || live.index < 0 || live.heldStop !== undefined || this.#line.length > 0) return false
    if (!plain.recognises(frame.data) || plain.index !== live.key || plain.family !== live.family) return false
    const { index, input } = live
    if (input === undefined) {
      observeDoubling(live, plain.text)
      if (plain.text !== '' && plain.family === 'text') live.filled = true
    } else {
      // Only what is under way and cannot reach beyond the arguments is read on without a thought for what may stand behind.
      if (input.status !== 'cut') return false
      const fragment = plain.text.includes('\\') ? (JSON.parse(`"${plain.text}"`) as string) : plain.text
      const brace = fragment.indexOf('}')
      if (brace !== -1 && brace !== fragment.length - 1) return false
      input.feed(fragment)
    }
    writer.send(frame, 'content_block_delta', index, undefined, plain.numbered(frame.data, index))
    return true
  }

  /** Acts on a start, a delta or a stop. */
  take(frame: EventFrame, meaning: BlockMeaning): void {
    const value = frame.value as JsonObject
    const key = this.#keyOf(frame, value['index'])
    if (meaning === 'content_block_start') this.#start(frame, key, value['content_block'])
    else if (meaning === 'content_block_delta') this.#delta(frame, key, value['delta'])
    else this.#stop(frame, key)
    // D-22: the arguments are whole now, and the stop that came before them may leave.
    if (this.#live?.family === 'tool' && this.#live.heldStop !== undefined && mayClose(this.#live)) this.#close(frame)
    this.#drain()
  }

  /** Holds a comment or a ping behind what waits (D-21). False where nothing does. */
  behind(frame: Frame, act: () => void): boolean {
    const last = this.#replaying ? undefined : this.#line[this.#line.length - 1]
    const block = last ?? this.#live
    if (block === undefined) return false
    if (last === undefined && block.heldStop !== undefined && !this.#closing) {
      this.#context.held.add(frame.raw.length)
      block.behindStop.push({ frame, act })
      return true
    }
    if (last === undefined && block.parts.length === 0) return false
    this.#hold(block, frame, act)
    return true
  }

  /** The stop of a thinking block has waited for one frame (D-27). True where that was the signature it waited for. */
  settleThinking(frame: Frame): boolean {
    const block = this.#live
    if (block?.family !== 'thinking' || block.heldStop === undefined) return false
    const value = (frame.kind === 'event' ? frame.value : undefined) as JsonObject | undefined
    const read = readDelta(value?.['delta'], () => true)
    const late = read.type === 'signature_delta' && this.#table.get(value?.['index'] as Key) === block
    if (late) {
      this.#context.reporter.defect('messages/signature-misplaced', 'moved', frame)
      this.#send(block, frame as EventFrame, read)
    }
    this.#close(frame)
    return late
  }

  /** Closes the open block, with the upstream's stop where there is one. */
  #close(where: Where): void {
    const block = this.#live
    if (block === undefined) return
    const { writer, reporter } = this.#context
    this.#closing = true
    this.#settle(block, where)
    this.#closing = false
    this.#live = undefined
    this.openBlocks--
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
    this.#release(block.behindStop)
  }

  /** Closes a tool call that was stopped short, and lets go what waits behind it: its reason allows that (D-22). */
  closeShort(where: Where): void {
    this.#close(where)
    this.#drain()
  }

  /** Closes every block, those that wait included. False where a tool call is cut and that is not allowed. */
  finish(where: Where, mayBeCut: boolean): boolean {
    do {
      if (this.#live?.input?.status === 'cut' && !mayBeCut) return false
      this.#close(where)
      this.#next()
      this.#drain()
    } while (this.#live !== undefined)
    this.#dropAllUnnamed(where)
    return true
  }

  /**
   * Lets go of what is held, since an error follows (D-23): what waits behind a cut tool is dropped.
   *
   * @param ours the error is ours: a cut tool gets no stop then, not even the upstream's.
   */
  abandon(where: Where, ours: boolean): void {
    const { writer, reporter } = this.#context
    while (this.#live?.heldStop !== undefined && (!ours || this.#live.family === 'thinking')) {
      this.#close(where)
      this.#drain()
    }
    const live = this.#live
    if (live !== undefined) {
      if (live.index < 0) reporter.defect('messages/empty-text-block', 'dropped', live.start ?? where)
      if (live.input?.restPending === true) reporter.defect('messages/tool-args-concatenated', 'dropped', where)
      this.#releaseParts(live)
      this.#payOwed(live, where)
      this.#release(live.behindStop)
    }
    this.#dropAllUnnamed(where)
    for (const { start, made, parts } of this.#line.splice(0)) {
      if (start !== undefined && !made) reporter.defect('messages/blocks-interleaved', 'dropped', start)
      for (const { frame } of parts) {
        if (frame.kind === 'comment') writer.pass(frame)
        else reporter.defect('messages/blocks-interleaved', 'dropped', frame)
      }
    }
  }

  // What the upstream says

  /** The key of a block event, reported where it is no index (51). */
  #keyOf(frame: EventFrame, index: unknown): Key {
    if (isCount(index)) return index
    this.#context.reporter.defect('messages/index-missing', 'rewrote', frame, { path: 'index', found: kindOf(index) })
    return typeof index === 'string' && /^\d{1,9}$/.test(index) ? Number(index) : noKey
  }

  #start(frame: EventFrame, key: Key, given: unknown): void {
    const { reporter, writer } = this.#context
    const read = readStart(given, () => writer.tooDeepToWrite(frame))
    if (read === undefined) {
      reporter.defect('messages/block-type-unknown', 'dropped', frame, { path: 'content_block' })
      return
    }
    this.begun = true
    const known = this.#table.get(key)
    if (known !== undefined && repeats(known, read)) {
      if (known.state === 'waiting' && !known.unnamed) this.#hold(known, frame, () => this.#repeat(known, frame, read))
      else this.#repeat(known, frame, read)
      return
    }
    if (known?.unnamed === true && known.state === 'waiting') this.#dropUnnamed(known, frame)
    this.#checkIndex(frame, key, known)
    reportAll(
      this.#context.reporter,
      frame,
      this.whole ? read.findings.filter(({ action }) => action !== 'moved') : read.findings,
    )
    const block = this.#register(key, read, frame, false)
    if (read.type === 'redacted_thinking' && typeof read.block['data'] !== 'string') {
      // 47: the data of a redacted block cannot be invented, and an empty one is refused when it is sent back.
      reporter.defect('messages/redacted-thinking', 'dropped', frame)
      this.#drop(block)
    } else if (!block.unnamed) this.#lineUp(block)
  }

  #checkIndex(frame: EventFrame, key: Key, known: Block | undefined): void {
    const detail = { path: 'index' }
    const { reporter } = this.#context
    if (known !== undefined) {
      if (key !== noKey) reporter.defect('messages/block-index-collision', 'rewrote', frame, detail)
      if (known === this.#live) known.moved = true
    } else if (key !== noKey && key !== this.#expected) {
      reporter.defect('messages/index-non-contiguous', 'rewrote', frame, detail)
    }
    this.#expected = (isCount(key) && key >= 0 ? key : this.#expected) + 1
  }

  #delta(frame: EventFrame, key: Key, given: unknown): void {
    const { writer } = this.#context
    const read = readDelta(given, () => writer.tooDeepToWrite(frame))
    const { finding } = read
    if (finding !== undefined) reportAll(this.#context.reporter, frame, [finding])
    if (finding?.action === 'dropped') {
      if (read.lost === true) this.#context.lost = true
      return
    }
    this.begun = true
    const block = this.#target(key, read, frame)
    if (block?.state === 'dropped') return
    if (block?.state !== 'waiting' || !takes(block, read)) this.#deliver(block, key, frame, read)
    else if (read.text !== '' || !block.unnamed) this.#hold(block, frame, () => this.#deliver(block, key, frame, read))
  }

  /** The block that a delta is for. Blocks that were begun for deltas addressed to a tool have keys of their own (2). */
  #target(key: Key, read: ReadDelta, frame: EventFrame): Block | undefined {
    const block = this.#table.get(key)
    const live = this.#live
    if (block === undefined) {
      if (live === undefined || !isAdrift(key) || !takes(live, read)) return undefined
      if (key !== noKey) this.#context.reporter.defect('messages/index-missing', 'rewrote', frame, { path: 'index' })
      return live
    }
    return takes(block, read) ? block : (this.#table.get(sideKey(block, read)) ?? block)
  }

  #deliver(block: Block | undefined, key: Key, frame: EventFrame, read: ReadDelta): void {
    if (block?.state === 'open' && takes(block, read)) this.#append(block, frame, read)
    else this.#misfit(block, key, frame, read)
  }

  #stop(frame: EventFrame, key: Key): void {
    const known = this.#table.get(key)
    const block = known ?? (isAdrift(key) ? this.#live : undefined)
    if (known === undefined && block !== undefined && key !== noKey) {
      this.#context.reporter.defect('messages/index-missing', 'rewrote', frame, { path: 'index' })
    }
    if (block === undefined) this.#context.reporter.defect('messages/orphan-block-stop', 'dropped', frame)
    else if (block.unnamed && block.state === 'waiting') this.#dropUnnamed(block, frame)
    else if (block.state === 'waiting') {
      this.#hold(block, frame, () => this.#stopBlock(block, frame))
      block.stopped = true
    } else this.#stopBlock(block, frame)
  }

  #stopBlock(block: Block, frame: EventFrame): void {
    const { reporter } = this.#context
    const again = block.heldStop !== undefined || (block.state === 'closed' && block.stopped)
    block.stopped = true
    // A second stop runs a tool twice (3). We closed the block when the next began; its own stop only comes late (55).
    if (again) reporter.defect('messages/duplicate-block-stop', 'dropped', frame)
    else if (block.state === 'closed' && !block.moved) reporter.defect('messages/stop-order', 'moved', frame)
    if (again || block.state !== 'open') return
    block.heldStop = frame
    // D-22, D-27: more arguments, or the signature, may still come.
    const unsigned = block.family === 'thinking' && !block.filled && block.owed === undefined
    if (!unsigned && mayClose(block)) this.#close(frame)
  }

  // What is made of it

  #register(key: Key, read: Beginning, start: EventFrame | undefined, made: boolean): Block {
    const block = createBlock(key, read, start, made)
    if (start !== undefined) this.#context.held.add(start.raw.length)
    this.openBlocks++
    const before = this.#table.get(key)
    if (before?.unnamed === true && before.state === 'waiting')
      this.#dropUnnamed(before, start ?? { number: 0, offset: 0 })
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

  #hold(block: Block, frame: Frame, act: () => void): void {
    this.#context.held.add(frame.raw.length)
    block.parts.push({ frame, act })
  }

  /** Acts on what was held of a block, in order; what that calls for goes behind it. */
  #releaseParts(block: Block): void {
    this.#release(block.parts)
  }

  #release(parts: Part[]): void {
    const nested = this.#replaying
    this.#replaying = true
    for (const { frame, act } of parts.splice(0)) {
      this.#context.held.remove(frame.raw.length)
      if (!this.settleThinking(frame)) act()
    }
    this.#replaying = nested
  }

  #drop(block: Block): void {
    const { held } = this.#context
    if (block.start !== undefined) held.remove(block.start.raw.length)
    for (const { frame } of block.parts.splice(0)) held.remove(frame.raw.length)
    block.state = 'dropped'
    this.openBlocks--
  }

  #dropUnnamed(block: Block, where: Where): void {
    const code = block.start === undefined ? 'messages/block-delta-without-start' : 'messages/tool-name-missing'
    lose(this.#context, code, block.start ?? block.parts[0]?.frame ?? where)
    this.#drop(block)
  }

  /** Nothing else can be made of tools that never got a name (37). */
  #dropAllUnnamed(where: Where): void {
    for (const block of this.#table.values())
      if (block.unnamed && block.state === 'waiting') this.#dropUnnamed(block, where)
  }

  #lineUp(block: Block): void {
    this.#line.push(block)
    this.#drain()
  }

  /** Opens what waits, block by block, as far as the open block allows. */
  #drain(): void {
    while (!this.#replaying && this.#line.length > 0 && (this.#live === undefined || mayClose(this.#live))) this.#next()
  }

  /** Opens the block that is first in line, and acts on what was held of it. */
  #next(): void {
    const block = this.#line.shift()
    const frame = block?.start
    if (block === undefined || frame === undefined) return
    const { held, reporter, emptyText } = this.#context
    held.remove(frame.raw.length)
    if (this.#live !== undefined && this.#live === this.#passing) this.#live.moved = true
    this.#close(frame)
    if (block.family === 'tool') this.#identify(block, frame)
    if (!isKnownBlock(block.type)) reporter.observe('messages/block-type-unknown', frame)
    observeStart(this.#context, frame, block.block, this.#toolIds)
    this.#live = block
    block.state = 'open'
    if (emptyText === 'keep' || block.type !== 'text') this.#begin(block)
    this.#sendContent(block, block.content, frame)
    this.#releaseParts(block)
  }

  /** Sends the start of a block that has something to say, or may be empty. */
  #begin(block: Block): void {
    const { writer } = this.#context
    if (block.index >= 0 || block.start === undefined) return
    block.index = writer.openBlock(block.type)
    const value = block.start.value as JsonObject
    const restated = block.block === value['content_block'] ? undefined : { ...value, content_block: block.block }
    writer.send(block.start, 'content_block_start', block.index, restated)
  }

  /** Gives a tool an id where it has none, and one of its own where it shares one (36, AN-22). */
  #identify(block: Block, frame: EventFrame): void {
    const { reporter, messageId, writer } = this.#context
    const { id: given } = block.block
    const missing = typeof given !== 'string' || given === ''
    let id = missing ? `toolu_${messageId.replace(/[^a-zA-Z0-9_-]/g, '')}_${writer.next}` : given
    while (this.#toolIds.has(id)) id = `${id}_${writer.next}`
    this.#toolIds.add(id)
    const detail = { path: 'content_block.id' }
    if (id !== given) {
      reporter.defect('messages/tool-id-bad', 'rewrote', frame, detail)
      block.block = { ...block.block, id }
    } else if (!/^[a-zA-Z0-9_-]+$/.test(id)) reporter.observe('messages/tool-id-bad', frame, detail)
  }

  /** A start that says again what its block is (26), or names a tool at last (37). */
  #repeat(known: Block, frame: EventFrame, read: ReadStart): void {
    const { reporter, held } = this.#context
    const { name } = read.block
    if (!known.unnamed || typeof name !== 'string' || name === '') {
      reporter.defect('messages/duplicate-block-start', 'dropped', frame)
      if (known.unnamed) return
      this.#sendContent(known, read.content, frame)
      if (!known.filled) known.owed ??= read.owed
      return
    }
    const code = known.start === undefined ? 'messages/block-delta-without-start' : 'messages/tool-name-missing'
    reporter.defect(code, 'moved', frame)
    if (known.start !== undefined) held.remove(known.start.raw.length)
    held.add(frame.raw.length)
    const { id } = known.block
    known.start = frame
    known.block = typeof id === 'string' && id !== '' && id !== read.block['id'] ? { ...read.block, id } : read.block
    known.type = read.type
    known.owed = read.owed ?? known.owed
    known.unnamed = false
    this.#lineUp(known)
  }

  /** A delta that no open block takes: it gets a block of its own, waits for the name of its tool, or is dropped. */
  #misfit(block: Block | undefined, key: Key, frame: EventFrame, read: ReadDelta): void {
    const { reporter } = this.#context
    const { shape, text } = read
    const late = block?.state === 'closed' && (block.family !== 'tool' || takes(block, read))
    const code: Code =
      block === undefined
        ? 'messages/block-delta-without-start'
        : late
          ? 'messages/blocks-interleaved'
          : 'messages/block-delta-type-mismatch'
    if (block !== undefined && read.type === 'signature_delta') {
      // D-27: nothing can be done with it, and nothing is lost that a reader would see.
      reporter.defect('messages/signature-misplaced', 'dropped', frame)
    } else if (block?.input !== undefined && shape?.family === 'tool') this.#lateInput(block.input, frame, text ?? '')
    else if (block?.family === 'tool' && read.type === 'text_delta' && text?.trim() === '') {
      // D-31: a block of white space alone would be refused on the next turn.
      reporter.defect(code, 'dropped', frame)
    } else if (shape === undefined || (late && shape.family === 'other')) {
      // Newer than we are and no block to put it in, or content that cannot be appended any more.
      lose(this.#context, code, frame)
    } else this.#beginFor(block === undefined ? key : sideKey(block, read), frame, read, shape.block, code)
  }

  /** Begins the block that a delta without a start implies (1). Only a tool cannot be made: it waits for its name. */
  #beginFor(key: Key, frame: EventFrame, read: ReadDelta, type: string, code: Code): void {
    const { reporter, writer } = this.#context
    if (familyOf(type) === 'tool') {
      if (read.text === '') reporter.defect(code, 'dropped', frame)
      else {
        const block = this.#register(key, { type, block: {} }, undefined, true)
        this.#hold(block, frame, () => this.#deliver(block, key, frame, read))
      }
      return
    }
    reporter.defect(code, 'inserted', frame)
    if (this.#live !== undefined && code === 'messages/block-delta-type-mismatch') this.#live.moved = true
    if (key === this.#expected) this.#expected++
    const start = { type: 'content_block_start', index: writer.next, content_block: emptyBlock(type) }
    const made = madeFrame(start, frame)
    const block = this.#register(key, { type, block: start.content_block }, made, true)
    this.#hold(block, frame, () => this.#deliver(block, key, frame, read))
    this.#lineUp(block)
  }

  /** More arguments for a call that is closed (20). */
  #lateInput(input: ToolInput, frame: EventFrame, text: string): void {
    const whole = input.status === 'whole'
    const code = whole ? 'messages/tool-args-concatenated' : 'messages/blocks-interleaved'
    if (text.trim() === '') this.#context.reporter.defect('messages/blocks-interleaved', 'dropped', frame)
    else {
      const { rest, send } = input.feed(text)
      if (whole && rest === 'same' && send === '') this.#context.reporter.defect(code, 'dropped', frame)
      else lose(this.#context, code, frame)
    }
  }

  #append(block: Block, frame: EventFrame, read: ReadDelta): void {
    const { reporter } = this.#context
    const passes = this.#line.length > 0 && !this.#replaying && this.#passing !== block
    if (passes) this.#passing = block
    if (passes || (block.heldStop !== undefined && block.family === 'tool')) {
      reporter.defect('messages/blocks-interleaved', 'moved', frame)
    }
    if (block.input !== undefined && read.shape !== undefined) this.#appendInput(block, block.input, frame, read)
    else if (read.signature !== undefined) this.#splitSignature(block, frame, read, read.signature)
    else if (block.index >= 0 || read.type !== 'text_delta' || read.text !== '') {
      if (read.type === 'citations_delta') observeCitation(this.#context, frame, read.delta)
      else if (read.type !== 'signature_delta') observeDoubling(block, read.text ?? '')
      this.#send(block, frame, read)
    }
  }

  /** A signature on a thinking delta is lost on every client: it leaves as a delta of its own (43). */
  #splitSignature(block: Block, frame: EventFrame, read: ReadDelta, signed: string): void {
    this.#context.reporter.defect('messages/signature-misplaced', 'moved', frame, { path: 'delta.signature' })
    const { signature: _, ...delta } = read.delta
    if (read.text !== '') this.#send(block, frame, { ...read, delta })
    this.#make(block, 'signature_delta', signed, frame)
  }

  #appendInput(block: Block, input: ToolInput, frame: EventFrame, read: ReadDelta): void {
    const { reporter, held } = this.#context
    const text = read.text ?? ''
    const [placeholder] = block.parts
    if (placeholder !== undefined && text.trim() === '') {
      this.#hold(block, frame, () => this.#send(block, frame, read))
      return
    }
    if (placeholder !== undefined) {
      if (text.trimStart().startsWith('{')) {
        // 20: `{}` stood for arguments that were still to come.
        reporter.defect('messages/tool-args-concatenated', 'dropped', placeholder.frame)
        held.remove(placeholder.frame.raw.length)
        block.parts.shift()
        block.input = new ToolInput()
        this.#releaseParts(block)
        this.#appendInput(block, block.input, frame, read)
        return
      }
      this.#releaseParts(block)
    }
    if (input.status === 'empty' && isPlaceholder(text)) {
      input.feed(text)
      this.#hold(block, frame, () => this.#send(block, frame, read))
      return
    }
    const { send, rest } = input.feed(text)
    if (rest === 'same') reporter.defect('messages/tool-args-concatenated', 'dropped', frame)
    else if (rest === 'other') lose(this.#context, 'messages/tool-args-concatenated', frame)
    if (send === text) this.#send(block, frame, read)
    else if (send !== '') this.#send(block, frame, { ...read, delta: { ...read.delta, partial_json: send } })
  }

  // What goes out

  #send(block: Block, frame: EventFrame, read: ReadDelta): void {
    this.#begin(block)
    if (read.text !== '' && read.type !== 'thinking_delta') block.filled = true
    const value = frame.value as JsonObject
    const restated = read.delta === value['delta'] ? undefined : { ...value, delta: read.delta }
    this.#context.writer.send(frame, 'content_block_delta', block.index, restated)
  }

  /** Sends a delta of our making. */
  #make(block: Block, type: string, text: string, where: Where): void {
    this.#begin(block)
    if (type !== 'thinking_delta') block.filled = true
    const delta = { type, [deltaShape(type)?.field ?? '']: text }
    this.#context.writer.make({ type: 'content_block_delta', index: block.index, delta }, where)
  }

  /** Sends text or thinking that came in a start as the delta it should have been (35). */
  #sendContent(block: Block, content: string, where: Where): void {
    if (content !== '') this.#make(block, `${block.family}_delta`, content, where)
  }

  /** Sends what came in a start and was not said by deltas (D-29, 43). */
  #payOwed(block: Block, where: Where): void {
    if (block.owed === undefined || block.filled) return
    this.#make(block, block.family === 'tool' ? 'input_json_delta' : 'signature_delta', block.owed, where)
    block.input?.feed(block.owed)
  }

  /** Sends what a block still owes before its stop. */
  #settle(block: Block, where: Where): void {
    const { reporter } = this.#context
    const [placeholder] = block.parts
    if (placeholder !== undefined && block.input?.isObject === false) {
      // 38: `null` and `""` mean no arguments.
      reporter.defect('messages/tool-args-bad-json', 'rewrote', placeholder.frame, { path: 'delta.partial_json' })
      this.#context.held.remove(placeholder.frame.raw.length)
      block.parts.shift()
      block.owed = '{}'
      block.input = new ToolInput()
    }
    this.#releaseParts(block)
    this.#payOwed(block, where)
    // 20: a second set of arguments had begun, and belongs to no call.
    if (block.input?.restPending === true) lose(this.#context, 'messages/tool-args-concatenated', where)
  }
}

/** A key that addresses no block of its own: absent, or negative (1, 51). */
function isAdrift(key: Key): boolean {
  return key === noKey || (typeof key === 'number' && key < 0)
}

/** The key of the block that is begun for a delta which a block does not take. */
function sideKey(block: Block, read: ReadDelta): Key {
  return block.family === 'tool' || read.shape?.family === 'tool' ? `${block.key}/${read.shape?.block}` : block.key
}

/** Whether a delta is of the kind that a block is filled with. */
function takes(block: Block, { shape }: ReadDelta): boolean {
  return shape === undefined || shape.block === block.type || (shape.family === 'tool' && block.family === 'tool')
}

/** Whether a start says again what a block already is (26), or names a tool at last (37). */
function repeats(known: Block, { type, block }: ReadStart): boolean {
  if (known.stopped || known.state === 'closed' || known.state === 'dropped') return false
  if (known.unnamed) return familyOf(type) === 'tool'
  if (type !== known.type || known.family === 'other') return false
  const { id } = block
  return known.family !== 'tool' || id === undefined || id === null || id === '' || id === known.block['id']
}
