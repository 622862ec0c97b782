/** The rules about how a stream ends: CH-2 to CH-4, CH-14, CH-16 and what a finish claims. */
import type { Choice } from './chat-choices.js'
import { judgeArguments } from './chat-tools.js'
import type { Ledger } from './verdict.js'

/** What the rules of the ending look at. */
export interface Tail {
  readonly choices: readonly Choice[]
  readonly done: boolean
  readonly failed: boolean
  /** FINDINGS A17: audio streams have no finish_reason. */
  readonly audio: boolean
  /** The last frame of the stream. */
  readonly frame: number
}

export function judgeTail(tail: Tail, ledger: Ledger): void {
  judgeSentinel(tail, ledger)
  for (const choice of tail.choices) judgeRole(choice, ledger)
  if (tail.failed) return
  // CH-16: an empty stream is no answer.
  if (tail.choices.length === 0) ledger.must('CH-16', tail.frame, 'the stream says nothing at all')
  judgePlaces(tail, ledger)
  for (const choice of tail.choices) judgeFinish(choice, tail, ledger)
}

/** CH-14: `[DONE]` is the end. Behind an error the grammar leaves it open, but the project always writes it (D-1). */
function judgeSentinel({ done, failed, frame }: Tail, ledger: Ledger): void {
  if (done) return
  if (failed) ledger.should('CH-14', frame, 'the stream ends behind an error without [DONE]')
  else ledger.must('CH-14', frame, 'the stream ends without [DONE]')
}

/** CH-3: every choice has a role, and has it from its beginning. */
function judgeRole({ role, frame, index }: Choice, ledger: Ledger): void {
  if (role === undefined) ledger.must('CH-3', frame, `choice ${String(index)} has no role`)
  else if (role > 0) ledger.should('CH-3', frame, `choice ${String(index)} begins without a role`)
}

/** CH-2: the choices are numbered from 0 without a gap, in whatever order they come. */
function judgePlaces({ choices, frame }: Tail, ledger: Ledger): void {
  const places = choices.map(({ index }) => index)
  // A place that is none has been reported where it was said.
  if (places.some((place) => !Number.isInteger(place) || Number(place) < 0)) return
  if (choices.some((_, place) => !places.includes(place))) {
    ledger.must('CH-2', frame, `the choices are not numbered from 0: ${places.join(', ')}`)
  }
}

/** CH-4: every choice finishes, and what it finishes with is true. */
function judgeFinish(choice: Choice, tail: Tail, ledger: Ledger): void {
  const reason = choice.finishes.at(-1)
  if (reason !== undefined) {
    judgeArguments([...choice.calls, ...choice.legacy], reason, choice.finishFrame, ledger)
  } else if (!tail.audio) ledger.must('CH-4', tail.frame, `choice ${String(choice.index)} has no finish_reason`)
}
