import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { isPresent, reportAll } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { madeFrame } from '../sse/made.js'
import { type Block, type Key, mayClose, repeats, takes } from './block.js'
import { sendContent, sendDelta, splitSignature } from './block-output.js'
import { blockOfDelta, blockOfStop, dropBlock, dropUnnamed, keyOf, lacksName, sideKey } from './blocks.js'
import type { Context } from './context.js'
import { type ReadDelta, readDelta } from './delta.js'
import type { BlockMeaning } from './intake.js'
import { observeCitation, observeDoubling } from './observe.js'
import { emptyBlock, familyOf } from './shapes.js'
import { type ReadStart, readStart } from './start.js'
import { appendArguments, takeLateArguments } from './tool-arguments.js'

// What the upstream says of the content blocks: their starts, deltas and stops.
//
// Every event goes to the block that its key names. A block that waits for its turn (D-20) or its name (37) keeps its events
// until it opens, and they are acted on one by one then.

/** Acts on a start, a delta or a stop. */
export function takeContent(context: Context, frame: EventFrame, meaning: BlockMeaning): void {
  const { turns } = context
  const value = frame.value as JsonObject
  const key = keyOf(context, frame, value['index'])
  if (meaning === 'content_block_start') takeStart(context, frame, key, value['content_block'])
  else if (meaning === 'content_block_delta') takeDelta(context, frame, key, value['delta'])
  else takeStop(context, frame, key)
  // D-22: the arguments are whole now, and the stop that came before them may leave.
  const { live } = turns
  if (live?.family === 'tool' && live.heldStop !== undefined && mayClose(live)) turns.close(frame)
  turns.drain()
}

// Starts

function takeStart(context: Context, frame: EventFrame, key: Key, given: unknown): void {
  const { reporter, writer, blocks, turns } = context
  const read = readStart(given, () => writer.tooDeepToWrite(frame))
  if (read === undefined) {
    const code = 'messages/block-type-unknown'
    // What a block of no type holds, nobody can read, and it exists nowhere else (D-5).
    const holds =
      isJsonObject(given) && Object.values(given).some((value) => isPresent(value) && typeof value === 'object')
    if (holds) context.lose(code, frame)
    else reporter.defect(code, 'dropped', frame, { path: 'content_block' })
    return
  }
  context.begun = true
  const known = blocks.at(key)
  if (known !== undefined && repeats(known, read)) {
    if (known.state === 'waiting' && !known.unnamed) turns.hold(known, frame, () => repeat(context, known, frame, read))
    else repeat(context, known, frame, read)
    return
  }
  if (known !== undefined && lacksName(known)) dropUnnamed(context, known, frame)
  blocks.checkKey(frame, key, known)
  if (known !== undefined && known === turns.live) known.moved = true
  reportAll(reporter, frame, context.whole ? read.findings.filter(({ action }) => action !== 'moved') : read.findings)
  const block = blocks.register(key, read, frame, false)
  if (read.type === 'redacted_thinking' && typeof read.block['data'] !== 'string') {
    // 47: the data of a redacted block cannot be invented, and an empty one is refused when it is sent back.
    reporter.defect('messages/redacted-thinking', 'dropped', frame)
    dropBlock(context, block)
  } else if (!block.unnamed) turns.lineUp(block)
}

/** A start that says again what its block is (26), or names a tool at last (37). */
function repeat(context: Context, known: Block, frame: EventFrame, read: ReadStart): void {
  const { reporter, held } = context
  const { name } = read.block
  if (!known.unnamed || typeof name !== 'string' || name === '') {
    reporter.defect('messages/duplicate-block-start', 'dropped', frame)
    if (known.unnamed) return
    sendContent(context, known, read.content, frame)
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
  context.turns.lineUp(known)
}

// Deltas

function takeDelta(context: Context, frame: EventFrame, key: Key, given: unknown): void {
  const { reporter, writer, turns } = context
  const read = readDelta(given, () => writer.tooDeepToWrite(frame))
  const { finding } = read
  if (finding !== undefined) reportAll(reporter, frame, [finding])
  if (finding?.action === 'dropped') {
    if (read.lost === true) context.lost = true
    return
  }
  context.begun = true
  const block = blockOfDelta(context, key, read, frame)
  if (block?.state === 'dropped') return
  if (block?.state !== 'waiting' || !takes(block, read)) deliver(context, block, key, frame, read)
  else if (read.text !== '' || !block.unnamed) turns.hold(block, frame, () => deliver(context, block, key, frame, read))
}

function deliver(context: Context, block: Block | undefined, key: Key, frame: EventFrame, read: ReadDelta): void {
  if (block?.state === 'open' && takes(block, read)) append(context, block, frame, read)
  else misfit(context, block, key, frame, read)
}

function append(context: Context, block: Block, frame: EventFrame, read: ReadDelta): void {
  if (context.turns.passes(block) || (block.heldStop !== undefined && block.family === 'tool')) {
    context.reporter.defect('messages/blocks-interleaved', 'moved', frame)
  }
  if (block.input !== undefined && read.shape !== undefined) appendArguments(context, block, block.input, frame, read)
  else if (read.signature !== undefined) splitSignature(context, block, frame, read, read.signature)
  else if (block.index >= 0 || read.type !== 'text_delta' || read.text !== '') {
    if (read.type === 'citations_delta') observeCitation(context, frame, read.delta)
    else if (read.type !== 'signature_delta') observeDoubling(block, read.text ?? '')
    sendDelta(context, block, frame, read)
  }
}

/** A delta that no open block takes: it gets a block of its own, waits for the name of its tool, or is dropped. */
function misfit(context: Context, block: Block | undefined, key: Key, frame: EventFrame, read: ReadDelta): void {
  const { reporter } = context
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
  } else if (block?.input !== undefined && shape?.family === 'tool') {
    takeLateArguments(context, block.input, frame, text ?? '')
  } else if (block?.family === 'tool' && read.type === 'text_delta' && text?.trim() === '') {
    // D-31: a block of white space alone would be refused on the next turn.
    reporter.defect(code, 'dropped', frame)
  } else if (shape === undefined || (late && shape.family === 'other')) {
    // Newer than we are and no block to put it in, or content that cannot be appended any more.
    context.lose(code, frame)
  } else beginFor(context, block === undefined ? key : sideKey(block, read), frame, read, shape.block, code)
}

/** Begins the block that a delta without a start implies (1). Only a tool cannot be made: it waits for its name. */
function beginFor(context: Context, key: Key, frame: EventFrame, read: ReadDelta, type: string, code: Code): void {
  const { reporter, writer, blocks, turns } = context
  const tool = familyOf(type) === 'tool'
  if (tool && read.text === '') {
    reporter.defect(code, 'dropped', frame)
    return
  }
  const empty = tool ? {} : emptyBlock(type)
  const start = { type: 'content_block_start', index: writer.next, content_block: empty }
  if (!tool) {
    reporter.defect(code, 'inserted', frame)
    if (turns.live !== undefined && code === 'messages/block-delta-type-mismatch') turns.live.moved = true
  }
  const block = blocks.register(key, { type, block: empty }, tool ? undefined : madeFrame(start, frame), true)
  turns.hold(block, frame, () => deliver(context, block, key, frame, read))
  if (!tool) turns.lineUp(block)
}

// Stops

function takeStop(context: Context, frame: EventFrame, key: Key): void {
  const { reporter, turns } = context
  const block = blockOfStop(context, key, frame)
  if (block === undefined) reporter.defect('messages/orphan-block-stop', 'dropped', frame)
  else if (lacksName(block)) dropUnnamed(context, block, frame)
  else if (block.state === 'waiting') {
    turns.hold(block, frame, () => stopBlock(context, block, frame))
    block.stopped = true
  } else stopBlock(context, block, frame)
}

function stopBlock(context: Context, block: Block, frame: EventFrame): void {
  const { reporter, turns } = context
  const again = block.heldStop !== undefined || (block.state === 'closed' && block.stopped)
  block.stopped = true
  // A second stop runs a tool twice (3). We closed the block when the next began; its own stop only comes late (55).
  if (again) reporter.defect('messages/duplicate-block-stop', 'dropped', frame)
  else if (block.state === 'closed' && !block.moved) reporter.defect('messages/stop-order', 'moved', frame)
  if (again || block.state !== 'open') return
  block.heldStop = frame
  // D-22, D-27: more arguments, or the signature, may still come.
  const unsigned = block.family === 'thinking' && !block.filled && block.owed === undefined
  if (!unsigned && mayClose(block)) turns.close(frame)
}
