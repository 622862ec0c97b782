/** GRAMMAR.md §4.1 as tables: what a chunk, its usage, and one choice of it must hold. */
import { type Field, field, integer, judgeFields, literal, number, object, string } from './fields.js'
import { isObject, type JsonObject, type Ledger } from './verdict.js'

const OBJECT = 'chat.completion.chunk'

const ENVELOPE: readonly Field[] = [
  field('4.1', 'id', string),
  field('4.1', 'created', number),
  field('4.1', 'model', string),
]

const NAME: readonly Field[] = [field('4.1', 'object', literal(OBJECT))]

const USAGE: readonly Field[] = ['prompt_tokens', 'completion_tokens', 'total_tokens'].map((name) =>
  field('4.2', name, integer),
)

const DELTA: readonly Field[] = [field('CH-6', 'delta', object)]

/** What a choice may carry beside Azure's filter results and still be nothing but a filter's word (FINDINGS A18). */
const BESIDE_FILTERS: ReadonlySet<string> = new Set(['index', 'finish_reason', 'logprobs'])

/** Whether an object without `choices` is at least meant as a chunk. */
export const isChunk = (value: JsonObject): boolean => value['object'] === OBJECT

/** FINDINGS A18: Azure's asynchronous filter speaks in choices that have no delta and finish nothing. */
export function isFilterChoice(choice: unknown): boolean {
  if (!isObject(choice) || Object.hasOwn(choice, 'delta')) return false
  const others = Object.keys(choice).filter((name) => !BESIDE_FILTERS.has(name))
  const silent = choice['finish_reason'] === undefined || choice['finish_reason'] === null
  return silent && others.length > 0 && others.every((name) => name.startsWith('content_filter'))
}

/** The fields of a chunk that are not its choices. */
export function judgeEnvelope(chunk: JsonObject, choices: readonly unknown[], frame: number, ledger: Ledger): void {
  judgeFields(ENVELOPE, chunk, 'chunk', frame, ledger)
  // FINDINGS A18: on chunks that say nothing of an answer Azure leaves the name empty.
  const vendors = chunk['object'] === '' && !isObject(chunk['usage']) && choices.every(isFilterChoice)
  if (!vendors) judgeFields(NAME, chunk, 'chunk', frame, ledger)
  const usage = chunk['usage']
  if (usage === undefined || usage === null) return
  if (isObject(usage)) judgeFields(USAGE, usage, 'usage', frame, ledger)
  else ledger.must('4.2', frame, 'usage: must be an object, or null')
}

/** CH-2: each choice has a place. CH-6: each choice has a delta. */
export function judgeChoice(choice: JsonObject, frame: number, ledger: Ledger): void {
  const index = choice['index']
  if (!Number.isInteger(index) || Number(index) < 0) {
    ledger.must('CH-2', frame, 'choice: index must be an integer from 0')
  }
  if (!isFilterChoice(choice)) judgeFields(DELTA, choice, 'choice', frame, ledger)
}
