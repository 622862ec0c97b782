import { isJsonObject, type JsonObject, protocolOf } from '../defects/protocol.js'
import { isString } from '../defects/shape.js'
import { recognise, saysError } from '../errors/recognise.js'
import type { EventFrame, Frame } from '../sse/frame.js'

/** What the upstream meant by a frame. */
export type Meaning =
  | 'chunk'
  /** A whole completion in one frame (B12, B17). */
  | 'completion'
  | 'done'
  | 'error'
  /** A chunk with an error beside its choices, or inside one (C-E04, C-E08). */
  | 'chunk and error'
  /** A chunk with an `error` key that says nothing (D-6). */
  | 'null error'
  /** An object that carries nothing of an answer: `{}`, a ping, the results of a hook (B16). */
  | 'noise'
  | 'other protocol'
  | 'broken'
  | 'cut'
  | 'not a stream'
  | 'comment'

const doneMark = /^\s*\[?\s*done\s*\]?\s*$/i
/** The word once more, what carries nothing, or JSON. */
const behindDone = /^\s*(?:$|[[{:]|(?:done|null)\s*(?:\n|$))/i
/** No spelling of the mark is longer; blanks without end are not searched for one (law 8). */
const longestMark = 64

/**
 * Whether data is `[DONE]`, in any of its spellings, or begins with it because the blank line behind it is missing. A bare word
 * might begin a text, but for where nothing is glued to it but the word once more, what carries nothing, or JSON (T5, B10).
 */
function isDone(data: string): boolean {
  const end = data.indexOf('\n')
  const first = end === -1 ? data : data.slice(0, end)
  if (first.length > longestMark || !doneMark.test(first)) return false
  return end === -1 || first.includes('[') || behindDone.test(data.slice(end))
}

/** Reads what the upstream meant by a frame. */
export function meaningOf(frame: Frame): Meaning {
  if (frame.kind === 'comment') return 'comment'
  if (frame.cut) return frame.body === 'text' ? 'not a stream' : 'cut'
  const { value } = frame
  if (!isJsonObject(value)) {
    if (value === undefined && isDone(frame.data)) return 'done'
    return value === undefined && frame.event === 'error' ? 'error' : 'broken'
  }
  if ('error' in value) {
    if (!hasChoices(value)) return saysError(value['error']) ? 'error' : otherwise(frame, value, 'null error')
    return saysError(value['error']) || choicesIn(value).some(isFailed) ? 'chunk and error' : 'null error'
  }
  return otherwise(frame, value, 'chunk')
}

function otherwise(frame: EventFrame, value: JsonObject, chunk: 'chunk' | 'null error'): Meaning {
  if (hasChoices(value)) {
    if (!choicesIn(value).some(isFailed)) return isWhole(value) ? 'completion' : chunk
    return 'chunk and error'
  }
  if (isJsonObject(value['usage']) || isEnvelope(value)) return chunk
  if (recognise(frame.event, value, frame.data) !== undefined) return 'error'
  const protocol = protocolOf(value)
  return protocol === 'messages' || protocol === 'responses' ? 'other protocol' : 'noise'
}

function hasChoices({ choices }: JsonObject): boolean {
  return Array.isArray(choices) || isJsonObject(choices)
}

/** The choices of a chunk; one alone may come without its list. */
export function choicesIn({ choices }: JsonObject): readonly unknown[] {
  return Array.isArray(choices) ? choices : isJsonObject(choices) ? [choices] : []
}

/** A choice that failed by itself: OpenRouter's word for it, or an error of its own (C-E08). */
export function isFailed(choice: unknown): boolean {
  return isJsonObject(choice) && (choice['finish_reason'] === 'error' || saysError(choice['error']))
}

/** A whole completion: named so, or with messages that are finished and no deltas. */
function isWhole({ object, choices }: JsonObject): boolean {
  if (object !== 'chat.completion' || !Array.isArray(choices)) return false
  return choices.every((choice) => isJsonObject(choice) && isJsonObject(choice['message']) && !choice['delta'])
}

/** The envelope of a chunk that lost its choices. */
function isEnvelope({ object, id }: JsonObject): boolean {
  return isString(object) && object.startsWith('chat.completion') && isString(id)
}
