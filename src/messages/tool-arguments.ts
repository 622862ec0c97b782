import type { EventFrame } from '../sse/frame.js'
import type { Block } from './block.js'
import { sendDelta } from './block-output.js'
import type { Context } from './context.js'
import type { ReadDelta } from './delta.js'
import { isPlaceholder, ToolInput } from './tool-input.js'

// What is made of the fragments of a tool's arguments (20, 38).

/** Sends a fragment on, but for what repeats the arguments; a placeholder waits for what follows it. */
export function appendArguments(
  context: Context,
  block: Block,
  input: ToolInput,
  frame: EventFrame,
  read: ReadDelta,
): void {
  const { reporter, turns } = context
  const text = read.text ?? ''
  const [placeholder] = block.parts
  if (placeholder !== undefined && text.trim() === '') {
    turns.hold(block, frame, () => sendDelta(context, block, frame, read))
    return
  }
  if (placeholder !== undefined) {
    if (text.trimStart().startsWith('{')) {
      // 20: `{}` stood for arguments that were still to come.
      reporter.defect('messages/tool-args-concatenated', 'dropped', placeholder.frame)
      appendArguments(context, block, withoutPlaceholder(context, block), frame, read)
      return
    }
    turns.release(block.parts)
  }
  if (input.status === 'empty' && isPlaceholder(text)) {
    input.feed(text)
    turns.hold(block, frame, () => sendDelta(context, block, frame, read))
    return
  }
  const { send, rest } = input.feed(text)
  if (rest === 'same') reporter.defect('messages/tool-args-concatenated', 'dropped', frame)
  else if (rest === 'other') context.lose('messages/tool-args-concatenated', frame)
  if (send === text) sendDelta(context, block, frame, read)
  else if (send !== '') sendDelta(context, block, frame, { ...read, delta: { ...read.delta, partial_json: send } })
}

/** 38: `null` and `""`, where nothing follows them, mean no arguments. */
export function settlePlaceholder(context: Context, block: Block): void {
  const [placeholder] = block.parts
  if (placeholder === undefined || block.input?.isObject !== false) return
  context.reporter.defect('messages/tool-args-bad-json', 'rewrote', placeholder.frame, { path: 'delta.partial_json' })
  block.owed = '{}'
  withoutPlaceholder(context, block)
}

/** Takes back what a placeholder has said; what waits behind it leaves. */
function withoutPlaceholder({ held, turns }: Context, block: Block): ToolInput {
  const placeholder = block.parts.shift()
  held.remove(placeholder?.frame.raw.length ?? 0)
  const input = new ToolInput()
  block.input = input
  turns.release(block.parts)
  return input
}

/** More arguments for a call that is closed (20). */
export function takeLateArguments(context: Context, input: ToolInput, frame: EventFrame, text: string): void {
  const { reporter } = context
  const whole = input.status === 'whole'
  const code = whole ? 'messages/tool-args-concatenated' : 'messages/blocks-interleaved'
  if (text.trim() === '') reporter.defect('messages/blocks-interleaved', 'dropped', frame)
  else {
    const { rest, send } = input.feed(text)
    if (whole && rest === 'same' && send === '') reporter.defect(code, 'dropped', frame)
    else context.lose(code, frame)
  }
}
