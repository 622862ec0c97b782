import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import type { EventFrame } from '../sse/frame.js'
import { type ReadStart, readStart } from './block-start.js'
import { type Block, BlockTable, createBlock, type Key, mayClose } from './blocks.js'
import { type Context, lose } from './context.js'
import { type ReadDelta, readDelta } from './delta.js'
import { observeBlock, observeCitation, observeDoubling, observeStart } from './observe.js'
import { emptyBlock, familyOf, isKnownBlock } from './shapes.js'
import { isPlaceholder } from './tool-input.js'

/** Where a block event without a usable index belongs. */
const noKey = 'none'

/**
 * The content blocks: what the upstream says of them, and the one block that is open downstream.
 *
 * Starts, deltas and stops arrive here when they may be acted on at once; what has to wait behind an unfinished tool call is
 * the business of the machine.
 */
export class Content {
  readonly #context: Context
  readonly #table: BlockTable
  /** The block that is open downstream, or deferred. */
  live: Block | undefined
  /** The index that the next block of a conformant upstream would have. */
  #expected = 0
  /** What waits was reported as interleaved, so that closing a block for it is no defect of its own. */
  interleaved = false
  #toolIds = new Set<string>()
  #unnamed = 0
  /** A block has begun, or something that belongs into one has come. */
  begun = false

  constructor(context: Context) {
    this.#context = context
    this.#table = new BlockTable(context.limits.maxOpenBlocks * 2)
  }

  /** The blocks that are neither closed nor waiting elsewhere. */
  get openBlocks(): number {
    return this.#unnamed + (this.live === undefined ? 0 : 1)
  }

  /** Prefilled blocks take the first indices (D-28). */
  skip(blocks: number): void {
    this.#expected = blocks
    this.#context.writer.next = blocks
  }

  /** The live block is a tool call that may still get arguments, so that no other block can begin (D-20). */
  get unfinished(): boolean {
    return this.live !== undefined && !mayClose(this.live)
  }

  /** The key of a block event, its index reported where it is no index (51). */
  keyOf(frame: EventFrame): Key {
    const index = isJsonObject(frame.value) ? frame.value['index'] : undefined
    if (typeof index === 'number' && Number.isInteger(index)) return index
    return typeof index === 'string' && /^\d{1,9}$/.test(index) ? Number(index) : noKey
  }

  /** Whether an event is for the block that is open, so that it may pass what waits (D-21). */
  isForLive(frame: EventFrame, key: Key): boolean {
    const { live } = this
    if (live === undefined) return false
    return this.#table.get(key) === live || (this.#adrift(key) && this.#fits(live, frame))
  }

  /** Whether a delta at the key of a tool call is for some other block (2). Such blocks have keys of their own. */
  sideKey(frame: EventFrame, key: Key): Key {
    const block = this.#table.get(key)
    if (block === undefined || block.family !== 'tool' || !isJsonObject(frame.value)) return key
    const read = readDelta(frame.value['delta'], () => true)
    if ('useless' in read || read.shape === undefined || read.shape.family === 'tool') return key
    return `${key}/${read.shape.block}`
  }

  /** Whether acting on a start or delta now would open a block. */
  opens(frame: EventFrame, key: Key): boolean {
    const block = this.#table.get(key)
    if (isJsonObject(frame.value) && frame.value['type'] === 'content_block_start') return !this.#repeats(block, frame)
    if (block !== undefined && (block.state === 'unnamed' || block.state === 'dropped')) return false
    const read = isJsonObject(frame.value) ? readDelta(frame.value['delta'], () => true) : undefined
    if (read === undefined || 'useless' in read || read.shape === undefined || read.shape.family === 'tool')
      return false
    if (block !== undefined && block.family === 'tool' && read.text.trim() === '') return false
    return !(block?.state === 'closed' && read.type === 'signature_delta')
  }

  /**
   * Sends a delta on where it is just what the open block takes: right type, right key, a text and nothing beside it.
   *
   * @returns false where it has to be looked at more closely; nothing has been done then.
   */
  flow(frame: EventFrame): boolean {
    const { live } = this
    if (live === undefined || live.state !== 'open' || live.heldStop !== undefined) return false
    const { plain, writer } = this.#context
    if (plain.recognises(frame.data)) {
      if (plain.index !== live.key || plain.family !== live.family) return false
      observeDoubling(live, plain.text)
      if (plain.text !== '') live.filled = true
      writer.sendAt(frame, 'content_block_delta', live.index, plain)
      return true
    }
    const { value } = frame
    if (!isJsonObject(value)) return false
    if (value['type'] !== 'content_block_delta' || value['index'] !== live.key || value['error'] !== undefined)
      return false
    const delta = value['delta']
    if (!isJsonObject(delta)) return false
    if (live.family === 'text' && delta['type'] === 'text_delta' && typeof delta['text'] === 'string') {
      observeDoubling(live, delta['text'])
      if (delta['text'] !== '') live.filled = true
    } else if (
      live.family === 'thinking' &&
      delta['type'] === 'thinking_delta' &&
      typeof delta['thinking'] === 'string'
    ) {
      if (delta['signature'] !== undefined) return false
      observeDoubling(live, delta['thinking'])
      if (delta['thinking'] !== '') live.filled = true
    } else if (!this.#flowsIntoTool(live, delta)) return false
    writer.send(frame, 'content_block_delta', live.index)
    return true
  }

  #flowsIntoTool(live: Block, delta: JsonObject): boolean {
    const fragment = delta['partial_json']
    if (live.input === undefined || delta['type'] !== 'input_json_delta' || typeof fragment !== 'string') return false
    // Only what is under way can be read on without a thought for placeholders and second arguments.
    if (live.input.status !== 'cut' || fragment === '') return false
    return live.input.feedWithin(fragment)
  }

  start(frame: EventFrame): void {
    const { reporter, writer } = this.#context
    const value = frame.value as JsonObject
    const key = this.keyOf(frame)
    const read = readStart(value['content_block'], () => writer.tooDeepToWrite(frame))
    if (read === undefined) {
      reporter.defect('messages/block-type-unknown', 'dropped', frame, { path: 'content_block', wanted: 'object' })
      return
    }
    this.begun = true
    const known = this.#table.get(key)
    if (known !== undefined && this.#repeats(known, frame)) {
      this.#repeat(known, frame, read)
      return
    }
    this.#index(frame, key, known)
    for (const { code, action, detail } of read.findings) reporter.defect(code, action, frame, detail)
    const block = createBlock(key, read.type, false)
    if (read.unusable) {
      // 47: the data of a redacted block cannot be invented, and an empty one is refused when it is sent back.
      reporter.defect('messages/redacted-thinking', 'dropped', frame)
      block.state = 'dropped'
      this.#table.set(block)
      return
    }
    block.startInput = read.input
    block.startSignature = read.signature
    if (block.family === 'tool' && read.name === undefined) {
      this.#holdUnnamed(block, frame)
      return
    }
    this.#open(block, frame, read)
  }

  delta(frame: EventFrame): void {
    const { reporter, writer } = this.#context
    const key = this.keyOf(frame)
    const read = readDelta((frame.value as JsonObject)['delta'], () => writer.tooDeepToWrite(frame))
    if ('useless' in read) {
      reporter.defect('messages/delta-malformed', 'dropped', frame, read.detail)
      if (read.lost) this.#context.lost = true
      return
    }
    this.begun = true
    if (typeof (frame.value as JsonObject)['index'] !== 'number') this.#reportIndex(frame)
    if (read.finding !== undefined) reporter.defect(read.finding.code, 'rewrote', frame, read.finding.detail)
    const block = this.#target(key, read)
    if (block?.state === 'dropped') return
    if (block?.state === 'unnamed' && read.shape?.family === 'tool') this.#keepPart(block, frame, read)
    else if (block === undefined || block.state === 'unnamed')
      this.#orphan(frame, key, read, 'messages/block-delta-without-start')
    else if (block.state === 'closed') this.#late(block, frame, read)
    else if (
      read.shape === undefined ||
      read.shape.block === block.type ||
      (read.shape.family === 'tool' && block.family === 'tool')
    ) {
      this.#append(block, frame, read)
    } else this.#mismatched(block, frame, read)
  }

  stop(frame: EventFrame): void {
    const { reporter } = this.#context
    const key = this.keyOf(frame)
    if (typeof (frame.value as JsonObject)['index'] !== 'number') this.#reportIndex(frame)
    const block = this.#table.get(key) ?? (this.#adrift(key) ? this.live : undefined)
    if (block === undefined) {
      reporter.defect('messages/orphan-block-stop', 'dropped', frame)
      return
    }
    if (block.state === 'dropped') {
      block.stopped = true
      return
    }
    if (block.state === 'unnamed') {
      this.#dropUnnamed(block, frame)
      return
    }
    if (block.state === 'closed') {
      // We closed it when the next block began; its own stop only comes late (55). A second stop runs a tool twice (3).
      if (block.stopped) reporter.defect('messages/duplicate-block-stop', 'dropped', frame)
      else if (!block.moved) reporter.defect('messages/stop-order', 'moved', frame)
      block.stopped = true
      return
    }
    if (block.heldStop !== undefined) {
      reporter.defect('messages/duplicate-block-stop', 'dropped', frame)
      return
    }
    block.stopped = true
    const unsigned = block.family === 'thinking' && !block.signed && block.startSignature === undefined
    // D-22, D-27: more arguments, or the signature, may still come.
    if (unsigned || !mayClose(block)) block.heldStop = frame
    else this.close(frame, frame)
  }

  /**
   * Closes the open block, with the upstream's stop where there is one.
   *
   * @param where the frame that is the reason.
   */
  close(where: Where, stop: EventFrame | undefined = this.live?.heldStop): void {
    const block = this.live
    if (block === undefined) return
    this.#settle(block, where)
    this.live = undefined
    block.heldStop = undefined
    if (block.state === 'deferred') {
      this.#context.reporter.defect('messages/empty-text-block', 'dropped', block.start ?? where)
      block.state = 'dropped'
      return
    }
    block.state = 'closed'
    const { writer } = this.#context
    if (stop === undefined) writer.make({ type: 'content_block_stop', index: block.index }, where)
    else writer.send(stop, 'content_block_stop', block.index)
    observeBlock(this.#context, block, where)
  }

  /** Closes the open block because what follows needs it closed, and says so where the upstream did not. */
  closeFor(where: Where, silently = false): void {
    const block = this.live
    if (block === undefined) return
    if (silently) block.moved = true
    else if (!block.stopped && !block.made && block.state === 'open') {
      this.#context.reporter.defect('messages/block-stop-missing', 'inserted', where)
    }
    this.close(where)
  }

  /** The stop of a thinking block has waited for one frame (D-27). */
  settleThinking(frame: EventFrame | undefined, where: Where): boolean {
    const block = this.live
    if (block?.family !== 'thinking' || block.heldStop === undefined) return false
    const read = frame === undefined ? undefined : this.#signatureFor(block, frame)
    if (frame !== undefined && read !== undefined) {
      this.#context.reporter.defect('messages/signature-misplaced', 'moved', frame)
      this.#send(block, frame, read)
    }
    this.close(where)
    return read !== undefined
  }

  /** Drops the tools that never got a name; nothing else can be made of them (37). */
  dropUnnamed(where: Where): void {
    for (const block of this.#table.unnamed()) this.#dropUnnamed(block, block.start ?? block.parts[0] ?? where)
  }

  /** What is held of the open block is let go of, since an error of ours follows (D-23). */
  abandon(): void {
    const block = this.live
    if (block?.placeholder !== undefined) this.#releasePlaceholder(block)
  }

  /** Whether the open block is a tool call whose JSON is cut. */
  get cut(): boolean {
    return this.live?.input?.status === 'cut'
  }

  #index(frame: EventFrame, key: Key, known: Block | undefined): void {
    const { reporter } = this.#context
    const detail = { path: 'index', wanted: 'integer' }
    if (typeof (frame.value as JsonObject)['index'] !== 'number') this.#reportIndex(frame)
    else if (known !== undefined) reporter.defect('messages/block-index-collision', 'rewrote', frame, detail)
    else if (key !== this.#expected) reporter.defect('messages/index-non-contiguous', 'rewrote', frame, detail)
    this.#expected = (typeof key === 'number' && key >= 0 ? key : this.#expected) + 1
    if (known !== undefined && typeof key === 'number') this.#expected = Math.max(this.#expected, key + 1)
  }

  #reportIndex(frame: EventFrame): void {
    const index = (frame.value as JsonObject)['index']
    const found = index === undefined ? 'nothing' : index === null ? 'null' : typeof index
    this.#context.reporter.defect('messages/index-missing', 'rewrote', frame, {
      path: 'index',
      wanted: 'integer',
      found,
    })
  }

  /** A key that addresses no block of its own: absent, or negative (1, 51). */
  #adrift(key: Key): boolean {
    return key === noKey || (typeof key === 'number' && key < 0)
  }

  #fits(block: Block, frame: EventFrame): boolean {
    const read = isJsonObject(frame.value) ? readDelta(frame.value['delta'], () => true) : undefined
    if (read === undefined || 'useless' in read) return true
    return read.shape === undefined || read.shape.family === block.family
  }

  #target(key: Key, read: ReadDelta): Block | undefined {
    const block = this.#table.get(key)
    if (block === undefined && this.#adrift(key) && this.live !== undefined) {
      const { live } = this
      if (read.shape === undefined || read.shape.block === live.type || read.shape.family === live.family) return live
    }
    if (block === undefined || read.shape === undefined || read.shape.family === block.family) return block
    const side = this.#table.get(`${key}/${read.shape.block}`)
    return side?.state === 'open' || side?.state === 'unnamed' ? side : block
  }

  /** Whether a start says again what a block already is (26), or names a tool at last (37). */
  #repeats(known: Block | undefined, frame: EventFrame): boolean {
    if (known === undefined || !isJsonObject(frame.value)) return false
    const block = frame.value['content_block']
    if (!isJsonObject(block) || known.stopped) return false
    if (known.state === 'unnamed') return familyOf(String(block['type'])) === 'tool'
    if ((known.state !== 'open' && known.state !== 'deferred') || known !== this.live || block['type'] !== known.type)
      return false
    if (known.family === 'text' || known.family === 'thinking') return true
    const id = block['id']
    return known.family === 'tool' && (id === undefined || id === '' || id === null || id === known.id)
  }

  #repeat(known: Block, frame: EventFrame, read: ReadStart): void {
    const { reporter } = this.#context
    if (known.state === 'unnamed') {
      if (read.name === undefined) reporter.defect('messages/duplicate-block-start', 'dropped', frame)
      else this.#name(known, frame, read)
      return
    }
    reporter.defect('messages/duplicate-block-start', 'dropped', frame)
    if (read.content !== '') this.#sendContent(known, frame, read.content)
    if (read.signature !== undefined && !known.signed) known.startSignature ??= read.signature
    if (read.input !== undefined && !known.filled) known.startInput ??= read.input
  }

  /** A tool's name has come at last: its start leaves, and the arguments that waited for it. */
  #name(known: Block, frame: EventFrame, read: ReadStart): void {
    const { reporter, held } = this.#context
    this.#unnamed--
    this.#table.delete(known.key)
    if (known.start !== undefined) held.remove(known.start.raw.length)
    reporter.defect(
      known.start === undefined ? 'messages/block-delta-without-start' : 'messages/tool-name-missing',
      'moved',
      frame,
    )
    const before = isJsonObject(known.start?.value) ? known.start.value['content_block'] : undefined
    const id =
      isJsonObject(before) && typeof before['id'] === 'string' && before['id'] !== '' ? before['id'] : read.block['id']
    const block = createBlock(known.key, read.type, false)
    block.startInput = read.input ?? known.startInput
    if (id !== read.block['id']) read.block = { ...read.block, id }
    this.#open(block, frame, read)
    for (const part of known.parts) {
      held.remove(part.raw.length)
      this.delta(part)
    }
  }

  #holdUnnamed(block: Block, frame: EventFrame | undefined): void {
    block.state = 'unnamed'
    block.start = frame
    if (frame !== undefined) this.#context.held.add(frame.raw.length)
    this.#unnamed++
    this.#table.set(block)
  }

  #keepPart(block: Block, frame: EventFrame, read: ReadDelta): void {
    if (read.text === '') return
    block.parts.push(frame)
    this.#context.held.add(frame.raw.length)
  }

  #dropUnnamed(block: Block, where: Where): void {
    const { held } = this.#context
    lose(
      this.#context,
      block.start === undefined ? 'messages/block-delta-without-start' : 'messages/tool-name-missing',
      where,
    )
    for (const part of block.parts) held.remove(part.raw.length)
    if (block.start !== undefined) held.remove(block.start.raw.length)
    this.#unnamed--
    block.state = 'dropped'
    block.parts.length = 0
  }

  #open(block: Block, frame: EventFrame, read: ReadStart): void {
    const { writer, reporter, emptyText } = this.#context
    const known = this.#table.get(block.key)
    this.closeFor(frame, this.interleaved || (known !== undefined && known === this.live))
    if (block.family === 'tool') read.block = this.#identify(frame, read.block)
    if (!isKnownBlock(block.type)) reporter.observe('messages/block-type-unknown', frame)
    observeStart(this.#context, frame, read.block, this.#toolIds)
    this.live = block
    this.#table.set(block)
    block.id = read.block['id']
    const value = frame.value as JsonObject
    const restated = read.block === value['content_block'] ? undefined : { ...value, content_block: read.block }
    if (emptyText === 'drop' && block.type === 'text') {
      block.state = 'deferred'
      block.start = frame
    } else {
      block.index = writer.openBlock(block.type)
      writer.send(frame, 'content_block_start', block.index, restated)
    }
    if (read.content !== '') this.#sendContent(block, frame, read.content)
  }

  /** Gives a tool an id where it has none, and one of its own where it shares one (36, AN-22). */
  #identify(frame: EventFrame, block: JsonObject): JsonObject {
    const { reporter, messageId, writer } = this.#context
    const given = block['id']
    const missing = typeof given !== 'string' || given === ''
    const position = writer.next
    let id = missing ? `toolu_${messageId.replace(/[^a-zA-Z0-9_-]/g, '')}_${position}` : given
    while (this.#toolIds.has(id)) id = `${id}_${position}`
    this.#toolIds.add(id)
    if (id === given) {
      if (!/^[a-zA-Z0-9_-]+$/.test(id)) reporter.observe('messages/tool-id-bad', frame, { path: 'content_block.id' })
      return block
    }
    const found = missing
      ? given === undefined
        ? 'nothing'
        : given === ''
          ? 'empty string'
          : typeof given
      : 'an id used before'
    reporter.defect('messages/tool-id-bad', 'rewrote', frame, {
      path: 'content_block.id',
      wanted: 'a unique string',
      found,
    })
    return { ...block, id }
  }

  /** Sends text or thinking that came in a start as the delta it should have been. */
  #sendContent(block: Block, where: Where, content: string): void {
    this.#undefer(block)
    block.filled = true
    const delta =
      block.family === 'text' ? { type: 'text_delta', text: content } : { type: 'thinking_delta', thinking: content }
    this.#context.writer.make({ type: 'content_block_delta', index: block.index, delta }, where)
  }

  /** A delta of a block that was never started (1). A tool waits for its name; anything else is begun here. */
  #orphan(
    frame: EventFrame,
    key: Key,
    read: ReadDelta,
    code: 'messages/block-delta-without-start' | 'messages/block-delta-type-mismatch' | 'messages/blocks-interleaved',
  ): void {
    const { reporter, writer } = this.#context
    if (read.shape === undefined) {
      // Newer than we are, and no block to put it in.
      lose(this.#context, code, frame)
      return
    }
    if (read.shape.family === 'tool') {
      if (read.text === '') {
        reporter.defect(code, 'dropped', frame)
        return
      }
      const waiting = createBlock(
        this.#table.get(key) === undefined ? key : `${key}/${read.shape.block}`,
        'tool_use',
        true,
      )
      this.#holdUnnamed(waiting, undefined)
      this.#keepPart(waiting, frame, read)
      return
    }
    reporter.defect(code, 'inserted', frame)
    this.closeFor(frame, this.interleaved || code === 'messages/block-delta-type-mismatch')
    const type = read.shape.block
    const block = createBlock(key, type, true)
    block.index = writer.openBlock(type)
    if (key === this.#expected) this.#expected++
    writer.make({ type: 'content_block_start', index: block.index, content_block: emptyBlock(type) }, frame)
    this.live = block
    this.#table.set(block)
    this.#append(block, frame, read)
  }

  /** A delta that does not belong into its block: it gets a block of its own (2). */
  #mismatched(block: Block, frame: EventFrame, read: ReadDelta): void {
    const code = 'messages/block-delta-type-mismatch'
    if (
      block.family === 'tool' &&
      read.shape?.family === 'text' &&
      read.text.trim() === '' &&
      read.type === 'text_delta'
    ) {
      // D-31: a block of white space alone would be refused on the next turn.
      this.#context.reporter.defect(code, 'dropped', frame)
      return
    }
    if (read.type === 'signature_delta') {
      this.#context.reporter.defect('messages/signature-misplaced', 'dropped', frame)
      return
    }
    const key = block.family === 'tool' ? `${block.key}/${read.shape?.block}` : block.key
    this.#orphan(frame, key, read, code)
  }

  /** A delta of a block that is closed (16, 20, 43). */
  #late(block: Block, frame: EventFrame, read: ReadDelta): void {
    const { reporter } = this.#context
    if (read.type === 'signature_delta') {
      // D-27: nothing can be done with it, and nothing is lost that a reader would see.
      reporter.defect('messages/signature-misplaced', 'dropped', frame)
    } else if (block.family === 'tool' && read.shape?.family === 'tool') this.#lateInput(block, frame, read)
    else if (block.family === 'tool') this.#mismatched(block, frame, read)
    else if (read.shape === undefined || read.shape.family === 'other')
      lose(this.#context, 'messages/blocks-interleaved', frame)
    else this.#orphan(frame, block.key, read, 'messages/blocks-interleaved')
  }

  #lateInput(block: Block, frame: EventFrame, read: ReadDelta): void {
    const { reporter } = this.#context
    if (read.text.trim() === '') {
      reporter.defect('messages/blocks-interleaved', 'dropped', frame)
      return
    }
    const whole = block.input?.status === 'whole'
    const fragment = block.input?.feed(read.text)
    if (whole && fragment?.rest === 'same' && fragment.send === '') {
      reporter.defect('messages/tool-args-concatenated', 'dropped', frame)
    } else lose(this.#context, whole ? 'messages/tool-args-concatenated' : 'messages/blocks-interleaved', frame)
  }

  #append(block: Block, frame: EventFrame, read: ReadDelta): void {
    if (block.heldStop !== undefined && block.family === 'tool') {
      this.#context.reporter.defect('messages/blocks-interleaved', 'moved', frame)
    }
    if (read.type === 'input_json_delta') this.#appendInput(block, frame, read)
    else if (read.signature !== undefined) this.#splitSignature(block, frame, read)
    else {
      if (block.state === 'deferred') {
        if (read.type === 'text_delta' && read.text === '') return
        this.#undefer(block)
      }
      if (read.type === 'citations_delta') observeCitation(this.#context, frame, read)
      else if (read.type !== 'signature_delta') observeDoubling(block, read.text)
      this.#send(block, frame, read)
    }
  }

  #send(block: Block, frame: EventFrame, read: ReadDelta): void {
    if (read.text !== '' || read.shape === undefined || read.type === 'citations_delta') block.filled = true
    if (read.type === 'signature_delta' && read.text !== '') block.signed = true
    this.#context.writer.send(frame, 'content_block_delta', block.index, this.#restated(frame, read.restated))
  }

  #restated(frame: EventFrame, delta: JsonObject | undefined): JsonObject | undefined {
    return delta === undefined ? undefined : { ...(frame.value as JsonObject), delta }
  }

  /** A signature on a thinking delta is lost on every client: it leaves as a delta of its own (43). */
  #splitSignature(block: Block, frame: EventFrame, read: ReadDelta): void {
    const { reporter, writer } = this.#context
    reporter.defect('messages/signature-misplaced', 'moved', frame, { path: 'delta.signature' })
    if (read.text !== '') {
      const { signature: _, ...rest } = (frame.value as JsonObject)['delta'] as JsonObject
      this.#send(block, frame, { ...read, restated: { ...rest, type: read.type } })
    }
    block.signed = true
    writer.make(
      {
        type: 'content_block_delta',
        index: block.index,
        delta: { type: 'signature_delta', signature: read.signature },
      },
      frame,
    )
  }

  #appendInput(block: Block, frame: EventFrame, read: ReadDelta): void {
    const { reporter } = this.#context
    const { input } = block
    if (input === undefined) return
    if (block.placeholder !== undefined && read.text.trim() !== '') {
      if (read.text.trimStart().startsWith('{')) {
        // 20: `{}` stood for arguments that were still to come.
        reporter.defect('messages/tool-args-concatenated', 'dropped', block.placeholder)
        this.#context.held.remove(block.placeholder.raw.length)
        this.#replaceInput(block)
        if (this.live !== undefined) this.#appendInput(this.live, frame, read)
        return
      }
      this.#releasePlaceholder(block)
    }
    if (input.status === 'empty' && isPlaceholder(read.text)) {
      input.feed(read.text)
      block.placeholder = frame
      this.#context.held.add(frame.raw.length)
      return
    }
    const { send, rest } = input.feed(read.text)
    if (rest === 'same') reporter.defect('messages/tool-args-concatenated', 'dropped', frame)
    else if (rest === 'other') lose(this.#context, 'messages/tool-args-concatenated', frame)
    if (send === '' && read.text !== '') return
    const delta = (frame.value as JsonObject)['delta'] as JsonObject
    const restated = send === read.text ? read.restated : { ...delta, type: 'input_json_delta', partial_json: send }
    this.#send(block, frame, { ...read, restated })
  }

  /** The same block with nothing of its input read yet. */
  #replaceInput(block: Block): void {
    const fresh: Block = { ...block, input: createBlock(block.key, block.type, false).input, placeholder: undefined }
    this.#table.set(fresh)
    this.live = fresh
  }

  #releasePlaceholder(block: Block): void {
    const { placeholder } = block
    if (placeholder === undefined) return
    block.placeholder = undefined
    block.filled = true
    this.#context.held.remove(placeholder.raw.length)
    const read = readDelta((placeholder.value as JsonObject)['delta'], () => true)
    const restated = 'useless' in read ? undefined : this.#restated(placeholder, read.restated)
    this.#context.writer.send(placeholder, 'content_block_delta', block.index, restated)
  }

  #undefer(block: Block): void {
    if (block.state !== 'deferred' || block.start === undefined) return
    block.state = 'open'
    const { writer } = this.#context
    block.index = writer.openBlock(block.type)
    const value = block.start.value as JsonObject
    const read = readStart(value['content_block'], () => true)
    const restated =
      read === undefined || read.block === value['content_block'] ? undefined : { ...value, content_block: read.block }
    writer.send(block.start, 'content_block_start', block.index, restated)
    block.start = undefined
  }

  /** Sends what a block still owes before its stop. */
  #settle(block: Block, where: Where): void {
    const { writer } = this.#context
    this.#releasePlaceholder(block)
    if (block.startInput !== undefined && !block.filled) {
      block.filled = true
      const delta = { type: 'input_json_delta', partial_json: block.startInput }
      writer.make({ type: 'content_block_delta', index: block.index, delta }, where)
      block.input?.feed(block.startInput)
    }
    if (block.startSignature !== undefined && !block.signed) {
      block.signed = true
      const delta = { type: 'signature_delta', signature: block.startSignature }
      writer.make({ type: 'content_block_delta', index: block.index, delta }, where)
    }
    // 20: a second set of arguments had begun, and belongs to no call.
    if (block.input?.restPending === true) lose(this.#context, 'messages/tool-args-concatenated', where)
  }

  #signatureFor(block: Block, frame: EventFrame): ReadDelta | undefined {
    if (!isJsonObject(frame.value) || frame.value['type'] !== 'content_block_delta') return undefined
    if (this.#table.get(this.keyOf(frame)) !== block) return undefined
    const read = readDelta(frame.value['delta'], () => true)
    return !('useless' in read) && read.type === 'signature_delta' ? read : undefined
  }
}
