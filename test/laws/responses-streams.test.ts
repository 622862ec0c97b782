import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '../oracle/index.js'
import { conformantStreams, losslesslyDamaged } from './arbitraries/damaged.js'
import { drafts } from './arbitraries/draft.js'
import { plain, write } from './arbitraries/formatting.js'
import { responsesStreams } from './arbitraries/responses.js'
import { responsesLossless } from './arbitraries/responses-damage.js'
import { responses } from './responses-protocol.js'
import { responsesCopies, responsesUnits } from './responses-units.js'
import { lawParameters, lawTimeout } from './runs.js'

// The generators of `/v1/responses` held against themselves and against the oracle, before any machine is.

describe('generated streams of /v1/responses', { timeout: lawTimeout }, () => {
  it('break no rule of the oracle and end as the success table says, in any legal writing', () => {
    fc.assert(
      fc.property(conformantStreams(responses), ({ bytes, events }) => {
        const { violations, ending } = judge('responses', bytes)
        assert.deepEqual(violations, [], Buffer.from(bytes).toString('utf8'))
        assert.equal(ending, responses.endingAfter(events))
      }),
      lawParameters(),
    )
  })

  it('say the same in their deltas as the oracle reads', () => {
    fc.assert(
      fc.property(responsesStreams(''), (events) => {
        const { content } = judge('responses', write(drafts(events), plain).bytes)
        const said = (kind: string) =>
          events
            .flatMap(({ data }) => responsesUnits(data))
            .filter((unit) => unit.kind === kind)
            .map(({ value }) => value)
        for (const kind of ['text', 'thinking', 'summary', 'refusal'] as const) {
          assert.deepEqual(letters(content[kind] ?? ''), letters(said(kind).join('')), kind)
        }
      }),
      lawParameters(),
    )
  })

  it('say everything again in their snapshots where they end well', () => {
    fc.assert(
      fc.property(responsesStreams(''), (events) => {
        const end = events.at(-1)
        if (responses.endingAfter(events) !== 'success') return
        const again = responsesCopies(end?.data)
          .map(({ value }) => value)
          .join('')
        for (const { kind, value } of events.flatMap(({ data }) => responsesUnits(data))) {
          assert.ok(kind === 'name' || again.includes(value), `${kind} is in no snapshot: ${JSON.stringify(value)}`)
        }
      }),
      lawParameters(),
    )
  })

  it('hold every family of items, and every way to end', () => {
    const all = fc.sample(responsesStreams(''), { numRuns: 400, seed: 7 }).flat()
    const names = new Set(all.map(({ name }) => name))
    for (const name of known) expect(names).toContain(name)
  })

  it('meet each lossless damage in a state in which it changes something', () => {
    const lists = fc.sample(responsesStreams(''), { numRuns: 400, seed: 7 }).map((events) => drafts(events))
    const idle = responsesLossless.filter((name) => {
      const damage = responses.damages[name]
      return !lists.some((list, choice) => JSON.stringify(damage?.(list, choice)) !== JSON.stringify(list))
    })
    expect(idle).toEqual([])
  })

  it('can be damaged without loss: whatever was said is still in the bytes', () => {
    fc.assert(
      fc.property(losslesslyDamaged(responses), ({ original, drafts: list }) => {
        const left = JSON.stringify(list.map(({ data }) => data))
        const stretches = JSON.stringify(original.map(({ data }) => data)).match(/#\d+#/g) ?? []
        for (const stretch of stretches) assert.ok(left.includes(stretch), `${stretch} is gone`)
      }),
      lawParameters(),
    )
  })
})

/** Text with what reads the same in any order of parts left out: items may take turns. */
function letters(text: string): string[] {
  return [...text].sort()
}

const known = [
  'response.created',
  'response.queued',
  'response.in_progress',
  'response.completed',
  'response.incomplete',
  'response.failed',
  'error',
  'keepalive',
  'response.output_item.added',
  'response.output_item.done',
  'response.content_part.added',
  'response.content_part.done',
  'response.output_text.delta',
  'response.output_text.done',
  'response.output_text.annotation.added',
  'response.refusal.delta',
  'response.refusal.done',
  'response.reasoning_text.delta',
  'response.reasoning_text.done',
  'response.reasoning_summary_part.added',
  'response.reasoning_summary_part.done',
  'response.reasoning_summary_text.delta',
  'response.reasoning_summary_text.done',
  'response.function_call_arguments.delta',
  'response.function_call_arguments.done',
  'response.custom_tool_call_input.delta',
  'response.custom_tool_call_input.done',
  'response.mcp_call.in_progress',
  'response.mcp_call_arguments.delta',
  'response.mcp_call_arguments.done',
  'response.mcp_call.completed',
  'response.mcp_call.failed',
  'response.mcp_list_tools.in_progress',
  'response.mcp_list_tools.completed',
  'response.web_search_call.in_progress',
  'response.web_search_call.searching',
  'response.web_search_call.completed',
  'response.file_search_call.in_progress',
  'response.file_search_call.searching',
  'response.file_search_call.completed',
  'response.code_interpreter_call.in_progress',
  'response.code_interpreter_call_code.delta',
  'response.code_interpreter_call_code.done',
  'response.code_interpreter_call.interpreting',
  'response.code_interpreter_call.completed',
  'response.image_generation_call.in_progress',
  'response.image_generation_call.generating',
  'response.image_generation_call.partial_image',
  'response.image_generation_call.completed',
  'response.shell_call_command.added',
  'response.shell_call_command.delta',
  'response.shell_call_command.done',
  'response.shell_call_output_content.delta',
  'response.shell_call_output_content.done',
  'response.apply_patch_call_operation_diff.delta',
  'response.apply_patch_call_operation_diff.done',
  'response.hologram_call.delta',
  'response.note',
]
