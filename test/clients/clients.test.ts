import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Case, ownCases, sharedCases } from './cases.js'
import { exceptions } from './exceptions.js'
import { type Gateway, startGateway } from './server.js'
import { renderTable } from './table.js'
import { tryClients, type Verdict } from './verdict.js'

let gateway: Gateway
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())

// The table and the exceptions need every verdict, also where only their test is selected: each case runs once.
const verdicts = new Map<Case, Promise<Verdict[]>>()
function verdictsOf(one: Case): Promise<Verdict[]> {
  const found = verdicts.get(one) ?? tryClients(gateway, one)
  verdicts.set(one, found)
  return found
}

/** What is wrong, by client, so that a failing test tells all of it at once. */
async function failuresOf(one: Case): Promise<string[]> {
  const found = await verdictsOf(one)
  return found.flatMap(({ client, failures }) => failures.map(({ words }) => `${client.name}: ${words}`))
}

const own = ownCases()
const beside = sharedCases()

describe('every client gets the whole of a fixture, or its error', () => {
  it('has fixtures to try', () => expect(own.length).toBeGreaterThan(0))
  it.each(own)('$name', async (one) => expect(await failuresOf(one)).toEqual([]))
})

describe('every client gets the whole of the streams beside the project, or their error', () => {
  if (beside) it.each(beside)('$name', async (one) => expect(await failuresOf(one)).toEqual([]))
  else it('leaves them out: ../shared/defects/fixtures is absent', () => expect(beside).toBeUndefined())
})

describe('the published list', () => {
  it('has no exception that excuses nothing', { timeout: 60_000 }, async () => {
    const used = new Set((await Promise.all(own.map(verdictsOf))).flat().flatMap(({ excused }) => excused))
    expect(exceptions.filter((exception) => !used.has(exception)).map(({ id }) => id)).toEqual([])
  })

  it('stands in docs/clients.md, with the table as it is today', { timeout: 60_000 }, async () => {
    const rows = await Promise.all(own.map(async (one) => ({ case: one, verdicts: await verdictsOf(one) })))
    const table = renderTable(rows)
    expect(table).not.toMatch(/file:\/\/|node_modules|\/(?:root|home|work|Users|tmp)\/|127\.0\.0\.1/)
    await expect(table).toMatchFileSnapshot('../../docs/clients.md')
  })
})
