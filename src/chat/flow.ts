import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Noted } from '../defects/reporter.js'
import { isString } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { PlainDelta } from '../sse/plain-delta.js'
import type { Choice } from './choices.js'
import type { Context } from './context.js'
import { addArguments, type ToolCall } from './tool-call.js'

const written = ['content', 'arguments', 'obfuscation']

/** Recognises the chunks of this protocol: all that one of a text, or of a call's arguments, differs in from the one before it. */
export function plainDelta(): PlainDelta {
  return new PlainDelta(['id', ...written], written)
}

/** What the last chunk was a part of, and what was wrong with it: the same is wrong with the next one of its form. */
interface Course {
  readonly choice: Choice
  readonly call: ToolCall | undefined
  readonly slot: 'content' | 'arguments'
  readonly noted: readonly Noted[]
  readonly same: boolean
}

/** Takes the next chunk of one text without further questions: most of every stream. */
export class Flow {
  readonly #context: Context
  #course: Course | undefined

  constructor(context: Context) {
    this.#context = context
  }

  forget(): void {
    if (this.#course === undefined) return
    this.#course = undefined
    this.#context.plain.forget()
  }

  /** False where the chunk is not the next one of the same text; nothing has been done then. */
  take(frame: EventFrame): boolean {
    const course = this.#course
    const { plain, reporter, writer, envelope } = this.#context
    // `event: error` is no part of the data, and has to go wherever it stands.
    if (course === undefined || frame.event === 'error' || !plain.recognises(frame.data)) return false
    const { choice, call, slot } = course
    const text = plain.text(slot)
    // The one id of the stream, where another one was rewritten so far.
    if (text === '' || plain.token('id') === envelope.id) return false
    if (call === undefined) choice.text.add(text)
    else {
      if (call.scan.status !== 'cut' || call.braces) return false
      addArguments(call, text)
    }
    for (const { code, action, detail } of course.noted) reporter.defect(code, action, frame, detail)
    if (course.same) writer.pass(frame)
    else writer.sendData(frame, plain.written())
    return true
  }

  /**
   * Learns from a chunk that was sent what the next ones of the same text look like.
   *
   * @param sent the chunk as it was sent.
   * @param noted what was found wrong with it.
   */
  learn(frame: EventFrame, choice: Choice, sent: JsonObject, noted: readonly Noted[]): void {
    const { plain, writer, envelope } = this.#context
    const given = frame.value as JsonObject
    const said = onlyDelta(given)
    const left = onlyDelta(sent)
    if (said === undefined || left === undefined || choice.finish !== undefined || frame.event === 'error') return
    const content = said['content']
    const slot = isString(content) && content !== '' ? 'content' : 'arguments'
    const before = slot === 'content' ? content : argumentsOf(said)
    const call = slot === 'content' ? undefined : choice.tools.last
    const after = slot === 'content' ? left['content'] : argumentsOf(left)
    if (before === undefined || before !== after || (slot === 'content' && Array.isArray(said['tool_calls']))) return
    if (slot === 'arguments' && call === undefined) return
    const { obfuscation } = given
    const slots = { [slot]: before, ...(isString(obfuscation) && { obfuscation }) }
    const named = isString(given['id']) && given['id'] !== envelope.id ? { id: given['id'] } : {}
    if (!plain.learn(frame.data, { ...named, ...slots }, writer.last, slots)) return
    this.#course = { choice, call, slot, noted, same: sent === given }
  }
}

/** The delta of a chunk that has one choice. */
function onlyDelta({ choices }: JsonObject): JsonObject | undefined {
  const choice = Array.isArray(choices) && choices.length === 1 ? choices[0] : undefined
  return isJsonObject(choice) && isJsonObject(choice['delta']) ? choice['delta'] : undefined
}

/** What a delta adds to the one call that it speaks of. */
function argumentsOf({ tool_calls: calls }: JsonObject): string | undefined {
  const call = Array.isArray(calls) && calls.length === 1 ? calls[0] : undefined
  const inner = isJsonObject(call) ? call['function'] : undefined
  const args = isJsonObject(inner) ? inner['arguments'] : undefined
  return isString(args) && args !== '' ? args : undefined
}
