import { normalizeBytes } from '../normalize-bytes.js'
import type { Case } from './cases.js'
import { type Exception, exceptions } from './exceptions.js'
import { clients } from './index.js'
import { judge, type Trouble } from './judge.js'
import type { Client, Outcome } from './outcome.js'
import type { Gateway } from './server.js'
import { type StreamEvent, stopReasonOf, streamEvents } from './stream-events.js'

/** What one client made of one stream. */
export interface Reading {
  readonly outcome: Outcome
  readonly troubles: readonly Trouble[]
}

/** What one client made of one case, before and after. */
export interface Verdict {
  readonly client: Client
  readonly before: Reading
  readonly after: Reading
  /** The exceptions that excuse what is wrong after; empty where nothing is. */
  readonly excused: readonly Exception[]
  /** What is wrong after and excused by nothing. */
  readonly failures: readonly Trouble[]
}

/** Gives a case to every client as it came and as it leaves the normaliser. */
export async function tryClients(gateway: Gateway, { upstream, options, expected }: Case): Promise<Verdict[]> {
  const { output } = normalizeBytes(upstream, options)
  const events = streamEvents(output)
  const stopReason = stopReasonOf(events)
  // What the stop reason should be is the business of other tests; here every client must be told the same.
  const wanted = { ...expected, ...(stopReason !== undefined && { stopReason }) }
  const [raw, normalised] = [gateway.serve(upstream), gateway.serve(output)]
  // A client that knows no tool of the request refuses calls of it, so the request declares those of the answer.
  const tools = [...new Set(['Bash', ...expected.tools.map((tool) => tool.name)])]
  return Promise.all(
    clients.map(async (client) => {
      const read = async (url: string): Promise<Reading> => {
        const outcome = await client.run(url, tools)
        return { outcome, troubles: judge(outcome, wanted) }
      }
      const [before, after] = await Promise.all([read(raw), read(normalised)])
      return { client, before, after, ...excuse(client, events, after.troubles) }
    }),
  )
}

/** Parts what is wrong into what the published list excuses and what it does not. */
function excuse(client: Client, events: readonly StreamEvent[], troubles: readonly Trouble[]) {
  const excused = new Set<Exception>()
  const failures = troubles.filter((trouble) => {
    const found = exceptions.find(
      ({ clients: who, excuses, shape }) => who.includes(client) && excuses.includes(trouble.kind) && shape(events),
    )
    if (found) excused.add(found)
    return !found
  })
  return { excused: [...excused], failures }
}
