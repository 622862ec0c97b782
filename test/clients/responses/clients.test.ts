import { describe, expect, it } from 'vitest'
import type { Case } from '../cases.js'
import { cell, readingInWords } from '../table.js'
import { describeTrials, prepareTrials } from '../trials.js'
import { tryClients } from '../verdict.js'
import { codex, codexRuns } from './codex.js'
import { failureCodeOf } from './stream-events.js'
import { responsesClients } from './suite.js'
import { vendorPairs } from './vendor-pair.js'

const trials = prepareTrials(responsesClients)
const { own, beside, of, gateway } = trials
const all = [...own, ...(beside ?? [])]

let tried: ReturnType<typeof tryVendorPairs> | undefined
const tryVendorPairs = () =>
  Promise.all(vendorPairs.map((pair) => tryClients(responsesClients, gateway(), pair, 'before-and-after')))
/** What every client makes of the pair that OpenAI itself sends. */
const ofVendorPairs = () => {
  tried ??= tryVendorPairs()
  return tried
}

/** The page's section on the pair. */
async function vendorPairSection(): Promise<string> {
  const pairs = await ofVendorPairs()
  const lines = responsesClients.clients.map(({ name }, at) => {
    const words = pairs.map(({ verdicts }) => {
      const before = verdicts[at]?.before
      return before ? cell(readingInWords(before)) : ''
    })
    return `| ${cell(name)} | ${words.join(' | ')} |`
  })
  return `## OpenAI's own error pair

What a client makes of the nested \`error\` and the \`response.failed\` that OpenAI's servers send is the most that can be asked of it:
none may be silent on any other failure that leaves the normaliser, unless it is silent here.

| client | ${vendorPairs.map(({ name }) => name).join(' | ')} |
|---|${'---|'.repeat(vendorPairs.length)}
${lines.join('\n')}
`
}

/** Codes of failures that say that another attempt would fail as well. */
const blocks = ['invalid_prompt', 'bio_policy', 'cyber_policy']
/** What marks a block of a guardrail, or of the vendor's own policy, in the stream as it came: read here without `src`. */
const guardrailMark =
  /"(?:code|type)":\s*"(?:guardrail\w*|content_filter|content_policy_violation|invalid_prompt|\w+_policy)"|"(?:bedrock_)?guardrail\w*":/

/** How often Codex sent the prompt of a case, as it came and as it left. */
async function sentByCodex(one: Case) {
  const { events, verdicts } = await of(one)
  const found = verdicts.find(({ client }) => client === codex)
  const { before, after } = { before: found?.before?.outcome.requests, after: found?.after.outcome.requests }
  // What comes behind the failure is not read any more (D-4).
  const [upToFailure = ''] = new TextDecoder().decode(one.upstream).split(/(?<="type":"response\.failed".*)\n/)
  const marked = guardrailMark.test(upToFailure)
  return { name: one.name, code: failureCodeOf(events), marked, before, after }
}

/** The page's section on attempts. */
async function attemptsSection(): Promise<string> {
  const sent = await Promise.all(own.map(sentByCodex))
  const codes = [...new Set(sent.flatMap(({ code }) => code ?? []))].sort()
  const times = (numbers: readonly (number | undefined)[]) => [...new Set(numbers)].sort().join(' or ')
  const lines = codes.map((code) => {
    const those = sent.filter((one) => one.code === code)
    const [before, after] = [those.map((one) => one.before), those.map((one) => one.after)]
    return `| \`${code}\` | ${those.length} | ${times(before)} | ${times(after)} |`
  })
  return `## How often Codex sends a prompt that failed

Codex goes by the code of the failure. What a guardrail has blocked leaves the normaliser as \`invalid_prompt\`, wherever its code, type or
keys tell that it was one (D-10, D-48), and is not sent again; what a retry can help leaves as \`server_error\`.

| code after | cases | sent before | sent after |
|---|---|---|---|
${lines.join('\n')}
`
}

describeTrials(trials, async () => `${await vendorPairSection()}\n${await attemptsSection()}`)

describe('a failed stream', () => {
  it('passes as OpenAI itself sends it, byte for byte', async () => {
    for (const { verdicts } of await ofVendorPairs())
      expect(verdicts.map(({ before, after }) => before === after)).not.toContain(false)
  })

  it('leaves no client silent that is not silent on the pair of OpenAI itself', { timeout: 180_000 }, async () => {
    const silentOnes = async (found: ReturnType<typeof of>) =>
      (await found).verdicts.filter(({ after }) => after.troubles.some(({ kind }) => kind === 'silent'))
    const pairs = (await ofVendorPairs()).map((trial) => silentOnes(Promise.resolve(trial)))
    const allowed = new Set((await Promise.all(pairs)).flat().map(({ client }) => client))
    const silent = await Promise.all(
      all.map(async (one) => (await silentOnes(of(one))).map(({ client }) => ({ client, name: one.name }))),
    )
    expect(
      silent.flat().flatMap(({ client, name }) => (allowed.has(client) ? [] : [`${name}: ${client.name}`])),
    ).toEqual([])
  })
})

describe('Codex', () => {
  if (!codexRuns) {
    it('is left out: npm has no binary of it for this platform, and the table is of a platform that has', () =>
      expect(codexRuns).toBe(false))
    return
  }

  it('sends a prompt once that a guardrail has blocked, and three times where a retry can help', {
    timeout: 180_000,
  }, async () => {
    const sent = await Promise.all(all.map(sentByCodex))
    const blocked = sent.filter(({ code, marked }) => code !== undefined && (marked || blocks.includes(code)))
    const failed = sent.filter(({ code }) => code === 'server_error')
    expect(blocked.length).toBeGreaterThan(0)
    expect(failed.length).toBeGreaterThan(0)
    expect(blocked.filter(({ after }) => after !== 1)).toEqual([])
    expect(failed.filter(({ after }) => after !== 3)).toEqual([])
  })
})
