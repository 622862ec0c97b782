import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '../oracle/index.js'
import { chatStreams } from './arbitraries/chat.js'
import { chatLossless } from './arbitraries/chat-damage.js'
import { conformantStreams, losslesslyDamaged } from './arbitraries/damaged.js'
import { drafts } from './arbitraries/draft.js'
import { plain, write } from './arbitraries/formatting.js'
import { chat } from './chat-protocol.js'
import { chatUnits } from './chat-units.js'
import { lawParameters, lawTimeout } from './runs.js'

// The generators of `/v1/chat/completions` held against themselves and against the oracle, before any machine is.

describe('generated streams of /v1/chat/completions', { timeout: lawTimeout }, () => {
  it('break no rule of the oracle and end as the success table says, in any legal writing', () => {
    fc.assert(
      fc.property(conformantStreams(chat), ({ bytes, events }) => {
        const { violations, ending } = judge('chat', bytes, { repairedOnly: true })
        assert.deepEqual(violations, [], Buffer.from(bytes).toString('utf8'))
        assert.equal(ending, chat.endingAfter(events))
      }),
      lawParameters(),
    )
  })

  it('say the same in their deltas as the oracle reads', () => {
    fc.assert(
      fc.property(chatStreams(''), (events) => {
        const { content } = judge('chat', write(drafts(events), plain).bytes)
        const said = (kind: string) =>
          events
            .flatMap(({ data }) => chatUnits(data))
            .filter((unit) => unit.kind === kind)
            .map(({ value }) => value)
        for (const kind of ['text', 'thinking', 'refusal'] as const) {
          assert.deepEqual(letters(content[kind]), letters(said(kind).join('')), kind)
        }
        const args = content.tools.map((tool) => tool.arguments).join('')
        assert.deepEqual(letters(args), letters(said('arguments').join('')))
      }),
      lawParameters(),
    )
  })

  it('hold everything that a chunk may say, and every way to end', () => {
    const all = JSON.stringify(fc.sample(chatStreams(''), { numRuns: 400, seed: 7 }))
    for (const shape of known) expect(all).toContain(shape)
  })

  it('meet each lossless damage in a state in which it changes something', () => {
    const lists = fc.sample(chatStreams(''), { numRuns: 400, seed: 7 }).map((events) => drafts(events))
    const idle = chatLossless.filter((name) => {
      const damage = chat.damages[name]
      return !lists.some((list, choice) => JSON.stringify(damage?.(list, choice)) !== JSON.stringify(list))
    })
    expect(idle).toEqual([])
  })

  it('can be damaged without loss: whatever was said is still in the bytes', () => {
    fc.assert(
      fc.property(losslesslyDamaged(chat), ({ original, drafts: list }) => {
        const left = JSON.stringify(list.map(({ data }) => data))
        const said = original.flatMap(({ data }) => chatUnits(data)).flatMap(({ value }) => value.match(/#\d+#/g) ?? [])
        for (const stretch of said) assert.ok(left.includes(stretch), `${stretch} is gone`)
      }),
      lawParameters(),
    )
  })
})

/** Text with what reads the same in any order of parts left out: choices and calls may take turns. */
function letters(text: string): string[] {
  return text.split('').sort()
}

const known = [
  '"finish_reason":"stop"',
  '"finish_reason":"length"',
  '"finish_reason":"tool_calls"',
  '"finish_reason":"content_filter"',
  '"finish_reason":"insufficient_resources"',
  '"sentinel":"[DONE]"',
  '"error":{"message"',
  '"index":1,"delta"',
  '"refusal":"',
  '"reasoning":"',
  '"reasoning_content":"',
  '"reasoning_details":[{',
  '"logprobs":{"content":[{',
  '"logprobs":null',
  '"type":"function","function":{"name"',
  '"type":"custom","custom":{"name"',
  '"type":"hologram"',
  '"tool_calls":[{"index":0',
  '{"index":1,"id"',
  '"audio":{"id"',
  '"obfuscation"',
  '"system_fingerprint"',
  '"service_tier"',
  '"choices":[],"usage":{"prompt_tokens"',
  '"usage":null',
  '"prompt_filter_results"',
  '"content_filter_offsets"',
  '"content_filter_results"',
]
