/** The rules about errors: RE-18, RE-19 and D-47, the shapes of `error` and of the failed response. */
import { type Field, field, integer, judgeFields, nullable, object, optional, string } from './fields.js'
import { isObject, type JsonObject, type Ledger } from './verdict.js'

/** What a stream says about its failure. */
export interface Failure {
  readonly message: string | undefined
  readonly type: string | undefined
  readonly code: string | undefined
}

const NESTED: readonly Field[] = [
  field('RE-18', 'sequence_number', integer),
  field('RE-18', 'error', object),
  field('RE-18', 'error.type', string),
  // The vendor's own schema lets the code be null; what is never right is a number (openai.md E.2).
  field('RE-18', 'error.code', nullable(string)),
  field('RE-18', 'error.message', string),
  field('RE-18', 'error.param', optional(nullable(string))),
]

const FLAT: readonly Field[] = [
  field('RE-18', 'code', string),
  field('RE-18', 'message', string),
  field('RE-18', 'param', nullable(string)),
]

const FAILED: readonly Field[] = [
  field('RE-19', 'response.error', object),
  field('RE-19', 'response.error.code', string),
  field('RE-19', 'response.error.message', string),
]

/** OpenAI's nested shape, or that shape with the flat fields beside it; the flat fields alone reach too few clients. */
export function judgeErrorEvent(event: JsonObject, frame: number, ledger: Ledger): void {
  judgeFields(NESTED, event, 'error', frame, ledger)
  if (!['code', 'message', 'param'].some((name) => Object.hasOwn(event, name))) return
  judgeFields(FLAT, event, 'flat error', frame, ledger)
  const nested = event['error']
  if (!isObject(nested)) return
  for (const name of ['code', 'message', 'param']) {
    if ((event[name] ?? null) !== (nested[name] ?? null)) {
      ledger.must('RE-18', frame, `the ${name} of the error is not the same flat and nested`)
    }
  }
}

/** Codex reads this error and nothing else. */
export function judgeFailedResponse(event: JsonObject, frame: number, ledger: Ledger): void {
  if (isObject(event['response'])) judgeFields(FAILED, event, 'response.failed', frame, ledger)
}

/** What an `error` event says, flat or nested. */
export function failureOf(event: JsonObject): Failure {
  const nested = isObject(event['error']) ? event['error'] : {}
  return {
    message: stringOf(nested['message']) ?? stringOf(event['message']),
    type: stringOf(nested['type']),
    code: stringOf(nested['code']) ?? stringOf(event['code']),
  }
}

/** What a failed response says. */
export function failureOfResponse(response: JsonObject): Failure {
  const error = isObject(response['error']) ? response['error'] : {}
  return { message: stringOf(error['message']), type: undefined, code: stringOf(error['code']) }
}

/** The pair: an `error` is followed by `response.failed` and by nothing else, and that comes in no other way. */
export interface ErrorPair {
  /** Sees each known event in order; keep-alives are not shown to it. */
  onEvent(type: string, frame: number): void
  onEnd(frame: number): void
  readonly seen: boolean
}

export function createErrorPair(ledger: Ledger): ErrorPair {
  let state: 'none' | 'waiting' | 'answered' | 'broken' = 'none'
  return {
    get seen() {
      return state !== 'none'
    },
    onEvent(type, frame) {
      if (state === 'waiting') {
        state = type === 'response.failed' ? 'answered' : 'broken'
        // D-47: a lone error, or one with more behind it, tells Codex nothing.
        if (state === 'broken') ledger.must('RE-19', frame, `a ${type} behind an error instead of response.failed`)
      } else if (type === 'response.failed' && state === 'none') {
        ledger.must('RE-19', frame, 'a response.failed without an error before it')
      }
      if (type === 'error' && state === 'none') state = 'waiting'
    },
    onEnd(frame) {
      if (state === 'waiting') ledger.must('RE-19', frame, 'the stream ends behind an error without response.failed')
    },
  }
}

const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
