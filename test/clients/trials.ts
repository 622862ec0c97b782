import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Case, ownCases, sharedCases } from './cases.js'
import { type Gateway, startGateway } from './server.js'
import type { Suite } from './suite.js'
import { renderTable } from './table.js'
import { type Trial, tryClients } from './verdict.js'

const AHEAD = 8
// Where all are asked for at once, as for the page alone, thousands of connections would be.
const AT_ONCE = 32

/** The cases of a protocol with what its clients make of them; each case runs once, when it is first asked for. */
export interface Trials<Event> {
  readonly suite: Suite<Event>
  readonly own: readonly Case[]
  /** Undefined where the recorded and rebuilt streams do not lie beside the project. */
  readonly beside: readonly Case[] | undefined
  readonly gateway: () => Gateway
  readonly of: (one: Case) => Promise<Trial<Event>>
}

/** Lets so many run at once, and the others wait for their turn. */
function turns(atOnce: number) {
  let free = atOnce
  const waiting: (() => void)[] = []
  return async function inTurn<Result>(run: () => Promise<Result>): Promise<Result> {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}

/** Prepares the trials of a protocol: one gateway for the whole test file, closed with the clients when it is over. */
export function prepareTrials<Event>(suite: Suite<Event>): Trials<Event> {
  let gateway: Gateway
  const found = new Map<Case, Promise<Trial<Event>>>()
  beforeAll(async () => {
    gateway = await startGateway()
  })
  afterAll(async () => {
    await Promise.allSettled(found.values())
    await gateway.close()
    await Promise.all(suite.clients.map((client) => client.close?.()))
  })
  const own = ownCases(suite.protocol)
  const beside = sharedCases(suite.protocol)
  const all = [...own, ...(beside ?? [])]
  const inTurn = turns(AT_ONCE)
  const start = (one: Case) => {
    const given = own.includes(one) ? 'before-and-after' : 'after'
    const trial = found.get(one) ?? inTurn(() => tryClients(suite, gateway, one, given))
    found.set(one, trial)
    return trial
  }
  const of = (one: Case) => {
    // The next ones start with it: much of the time a client waits for its next attempt.
    for (const next of all.slice(all.indexOf(one) + 1, all.indexOf(one) + 1 + AHEAD)) start(next).catch(() => {})
    return start(one)
  }
  return { suite, own, beside, gateway: () => gateway, of }
}

/**
 * The tests that every protocol has: nothing wrong after but what the published list excuses, and the page as it is.
 *
 * @param section what a protocol has to add to its page, in Markdown.
 */
export function describeTrials<Event>(trials: Trials<Event>, section: () => Promise<string> = async () => ''): void {
  const { suite, own, beside, of } = trials
  /** What is wrong, by client, so that a failing test tells all of it at once. */
  const failuresOf = async (one: Case) => {
    const { verdicts } = await of(one)
    return verdicts.flatMap(({ client, failures }) => failures.map(({ words }) => `${client.name}: ${words}`))
  }

  describe('every client gets the whole of a fixture, or its error', () => {
    it('has fixtures to try', () => expect(own.length).toBeGreaterThan(0))
    it.concurrent.each(own)('$name', async (one) => expect(await failuresOf(one)).toEqual([]))
  })

  describe('every client gets the whole of the streams beside the project, or their error', () => {
    if (beside) it.concurrent.each(beside)('$name', async (one) => expect(await failuresOf(one)).toEqual([]))
    else it('leaves them out: ../shared/defects/fixtures is absent', () => expect(beside).toBeUndefined())
  })

  describe('the published list', () => {
    it('has no exception that excuses nothing', { timeout: 180_000 }, async () => {
      const tried = await Promise.all(own.map(of))
      const used = new Set(tried.flatMap(({ verdicts }) => verdicts.flatMap(({ excused }) => excused)))
      const here = suite.exceptions.filter(({ clients }) => clients.some((client) => suite.clients.includes(client)))
      expect(here.filter((exception) => !used.has(exception)).map(({ id }) => id)).toEqual([])
    })

    const page = `docs/${suite.page.file}`
    if (suite.absent) {
      const names = suite.absent.map(({ name }) => name).join(', ')
      it(`is not compared with ${page}, since this platform has no ${names}`, () => expect(names).not.toBe(''))
      return
    }
    it(`stands in ${page}, with the table as it is today`, { timeout: 180_000 }, async () => {
      const rows = await Promise.all(own.map(async (one) => ({ case: one, verdicts: (await of(one)).verdicts })))
      const table = renderTable(suite, rows, await section())
      expect(table).not.toMatch(/file:\/\/|node_modules|\/(?:root|home|work|Users|tmp)\/|127\.0\.0\.1/)
      await expect(table).toMatchFileSnapshot(`../../../${page}`)
    })
  })
}
