/** CH-15: the error frame, and what other keys named `error` do to clients. */
import { type Field, field, judgeFields, nullable, object, optional, string } from './fields.js'
import { isObject, type JsonObject, type Ledger } from './verdict.js'

/** What a stream says about its failure. */
export interface Failure {
  readonly message: string | undefined
  readonly type: string | undefined
  readonly code: string | undefined
}

/** E.3, C-E01: what all clients need is the message; the rest may be missing, but must not be of a wrong type. */
const ERROR: readonly Field[] = [
  field('CH-15', 'error', object),
  field('CH-15', 'error.message', string),
  field('CH-15', 'error.type', optional(nullable(string))),
]

/** An error frame: an object under `error`, and no choices beside it. */
export function judgeErrorFrame(event: JsonObject, frame: number, ledger: Ledger): void {
  judgeFields(ERROR, event, 'error frame', frame, ledger)
  const code = isObject(event['error']) ? (event['error']['code'] ?? '') : ''
  if (typeof code !== 'string' && typeof code !== 'number') {
    ledger.must('CH-15', frame, 'error frame: error.code must be a string, a number, or null')
  }
  if (Object.hasOwn(event, 'choices')) ledger.must('CH-15', frame, 'an error frame with choices in it')
}

/** CH-15: openai 6 takes the name for another protocol's, and loses the error. */
export function judgeEventLine(name: string | undefined, frame: number, ledger: Ledger): void {
  if (name === 'error') ledger.must('CH-15', frame, 'a frame is named error')
}

/** D-6: some clients take the key itself for an error. */
export function judgeErrorKey(chunk: JsonObject, frame: number, ledger: Ledger): void {
  if (Object.hasOwn(chunk, 'error')) ledger.should('D-6', frame, 'a chunk with an empty error key')
}

export function failureOf(event: JsonObject): Failure {
  const error = isObject(event['error']) ? event['error'] : { message: event['error'] }
  const code = error['code']
  return {
    message: stringOf(error['message']),
    type: stringOf(error['type']),
    code: typeof code === 'number' ? String(code) : stringOf(code),
  }
}

const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
