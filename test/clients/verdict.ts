import { normalizeBytes } from '../normalize-bytes.js'
import type { Case } from './cases.js'
import type { Exception } from './exception.js'
import { type Expectation, judge, type Trouble } from './judge.js'
import type { Client, Outcome } from './outcome.js'
import type { Gateway } from './server.js'
import { streamEvents } from './stream-events.js'
import type { Suite } from './suite.js'

/** What one client made of one stream. */
export interface Reading {
  readonly outcome: Outcome
  readonly troubles: readonly Trouble[]
}

/** What one client made of one case. */
export interface Verdict<Event> {
  readonly client: Client
  /** What it made of the stream as it came; undefined where only the normalised one was tried. */
  readonly before: Reading | undefined
  readonly after: Reading
  /** The exceptions that excuse what is wrong after; empty where nothing is. */
  readonly excused: readonly Exception<Event>[]
  /** What is wrong after and excused by nothing. */
  readonly failures: readonly Trouble[]
}

/** What every client made of one case, with the normalised stream that they were given. */
export interface Trial<Event> {
  readonly events: readonly Event[]
  readonly verdicts: readonly Verdict<Event>[]
}

/** Gives a case to every client as it leaves the normaliser and, if asked, as it came. */
export async function tryClients<Event>(
  suite: Suite<Event>,
  gateway: Gateway,
  { upstream, options, expected }: Case,
  given: 'before-and-after' | 'after',
): Promise<Trial<Event>> {
  const { output } = normalizeBytes(upstream, { protocol: suite.protocol, ...options })
  const events = streamEvents(output) as readonly Event[]
  const wanted = suite.wanted(expected, events)
  const url = gateway.serve(output)
  // Streams that come out byte for byte need not be read twice.
  const same = Buffer.compare(upstream, output) === 0
  const raw = given === 'before-and-after' && !same ? gateway.serve(upstream) : undefined
  const verdicts = await Promise.all(
    suite.clients.map(async (client) => {
      const [before, after] = await Promise.all([
        raw === undefined ? undefined : readWith(suite, client, raw, wanted, events),
        readWith(suite, client, url, wanted, events),
      ])
      const { excused, failures } = excuse(suite, client, events, after.troubles)
      return { client, before: given === 'after' ? undefined : (before ?? after), after, excused, failures }
    }),
  )
  return { events, verdicts }
}

/** What one client makes of what is served there. */
async function readWith<Event>(
  suite: Suite<Event>,
  client: Client,
  url: string,
  wanted: Expectation,
  events: readonly Event[],
): Promise<Reading> {
  // A client that knows no tool of the request refuses calls of it, so the request declares those of the answer.
  const tools = [...new Set(['Bash', ...wanted.tools.map((tool) => tool.name)])]
  const outcome = await outcomeOf(client, url, tools)
  return { outcome, troubles: [...judge(outcome, wanted), ...(suite.unfinishedCalls?.(outcome, events) ?? [])] }
}

const outcomes = new WeakMap<Client, Map<string, Promise<Outcome>>>()

/** What a client gives for one request. Many cases are mended to the same bytes, and those need not be read again. */
function outcomeOf(client: Client, url: string, tools: readonly string[]): Promise<Outcome> {
  const known = outcomes.get(client) ?? new Map<string, Promise<Outcome>>()
  outcomes.set(client, known)
  const key = [url, ...tools].join(' ')
  const outcome = known.get(key) ?? client.run(url, tools)
  known.set(key, outcome)
  return outcome
}

/** Parts what is wrong into what the published list excuses and what it does not. */
function excuse<Event>(
  { exceptions }: Suite<Event>,
  client: Client,
  events: readonly Event[],
  troubles: readonly Trouble[],
) {
  const excused = new Set<Exception<Event>>()
  const failures = troubles.filter((trouble) => {
    const found = exceptions.find(
      ({ clients: who, excuses, shape }) => who.includes(client) && excuses.includes(trouble.kind) && shape(events),
    )
    if (found) excused.add(found)
    return !found
  })
  return { excused: [...excused], failures }
}
