/** The rules about how a response begins and what its snapshots say: RE-1 to RE-3, RE-9, §3.2 and D-50. */
import { judgeSnapshot } from './responses-shapes.js'
import { isObject, type JsonObject, type Ledger } from './verdict.js'

/** Follows the snapshots of one response. */
export interface Lifecycle {
  /** Sees every event in order; `known` is false for what is newer than we are. */
  onEvent(type: string, event: JsonObject, frame: number, known: boolean): void
  /** D-50: the stream begins in the middle. */
  readonly midway: boolean
  /** The id of the response as its first snapshot has it. */
  readonly id: unknown
}

const OPENING: ReadonlySet<string> = new Set(['response.created', 'response.queued', 'response.in_progress'])
const SNAPSHOTS: ReadonlySet<string> = new Set([
  ...OPENING,
  'response.completed',
  'response.incomplete',
  'response.failed',
])

export function createLifecycle(ledger: Ledger, resume: boolean): Lifecycle {
  let created = false
  let began = false
  let midway = false
  let secondIsDue = false
  let noise: { readonly type: string; readonly frame: number } | undefined
  let id: unknown

  /** RE-1: `created` is the first event of all, unless the stream was resumed; and it comes once. */
  const judgeFirst = (type: string, event: JsonObject, frame: number, known: boolean): void => {
    const first = type === 'response.created'
    if (first && (created || midway)) ledger.must('RE-1', frame, 'a second response.created')
    created ||= first
    if (began) return
    // Noise does not tell whether a stream was resumed; in ours it stands behind `created` (D-41).
    if (!known || type === 'keepalive') {
      noise ??= { type, frame }
      return
    }
    began = true
    midway = !first && (resume || (SNAPSHOTS.has(type) && isBackground(event)))
    const early = noise ?? (first ? undefined : { type, frame })
    if (early !== undefined && !midway) ledger.must('RE-1', early.frame, `a ${early.type} before response.created`)
  }

  /** RE-2: the second event says that the work began. A warm-up has no work: it goes straight to its end. */
  const judgeSecond = (type: string, frame: number, known: boolean): void => {
    if (!known || type === 'keepalive') return
    if (secondIsDue && !OPENING.has(type) && type !== 'response.completed') {
      ledger.should('RE-2', frame, `a ${type} behind response.created instead of response.in_progress`)
    }
    secondIsDue = type === 'response.created'
  }

  /** RE-9: the same id in all snapshots. RE-3: an opening one says that nothing has happened yet. */
  const judgeContent = (type: string, response: JsonObject, frame: number): void => {
    id ??= response['id']
    if (typeof response['id'] === 'string' && response['id'] !== id) {
      ledger.must('RE-9', frame, `the response id changes in ${type}`)
    }
    if (!OPENING.has(type)) return
    const { status, output } = response as { status?: unknown; output?: unknown }
    if (typeof status === 'string' && status !== 'in_progress' && status !== 'queued') {
      ledger.must('RE-3', frame, `the status in ${type} is ${status}`)
    }
    if (!midway && Array.isArray(output) && output.length > 0) {
      ledger.must('RE-3', frame, `the output in ${type} is not empty`)
    }
  }

  return {
    get midway() {
      return midway
    },
    get id() {
      return id
    },
    onEvent(type, event, frame, known) {
      judgeFirst(type, event, frame, known)
      judgeSecond(type, frame, known)
      if (!SNAPSHOTS.has(type)) return
      judgeSnapshot(type, event, frame, ledger)
      if (isObject(event['response'])) judgeContent(type, event['response'], frame)
    },
  }
}

const isBackground = (event: JsonObject): boolean =>
  isObject(event['response']) && event['response']['background'] === true
