import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judgeErrorEvent } from './responses-errors.js'
import { judgeEventFields, shapeOf } from './responses-events.js'
import { isKnownItem, judgeItem, judgePart, judgeSnapshot } from './responses-shapes.js'
import { snapshot, usage } from './responses-streams.js'
import { type JsonObject, openLedger } from './verdict.js'

const SPEC = new URL('../../../shared/spec/events.responses.json', import.meta.url)

interface SpecEvent {
  readonly type: string
  readonly fields: Readonly<Record<string, { readonly t: string; readonly opt: boolean }>> | null
}

/** The names Open Responses alone has: they pass as newer than we are, because no OpenAI schema knows them. */
const FOREIGN = ['response.reasoning.delta', 'response.reasoning.done']

/** Fields that the schema asks for and recordings of the vendor lack: FINDINGS A14, and D-42 for the numbers. */
const NOT_ASKED_FOR = ['sequence_number', 'logprobs']

/** What the judge says of an event that holds nothing but its type. */
function complaintsOf(type: string): string {
  const ledger = openLedger()
  if (type === 'error') judgeErrorEvent({ type, code: null }, 1, ledger)
  else if (shapeOf(type)?.items === undefined) judgeSnapshot(type, { type }, 1, ledger)
  judgeEventFields(type, { type }, 1, ledger)
  return ledger.violations.map(({ message }) => message).join('\n')
}

describe('the events of /v1/responses', () => {
  if (!existsSync(SPEC)) {
    it('are not compared with the spec, because ../shared is not beside the project', () => {
      expect(existsSync(SPEC)).toBe(false)
    })
    return
  }
  const spec: readonly SpecEvent[] = JSON.parse(readFileSync(SPEC, 'utf8'))

  it('are all those of the spec', () => {
    const unknown = spec.map(({ type }) => type).filter((type) => type !== 'error' && shapeOf(type) === undefined)
    expect(unknown).toEqual(FOREIGN)
  })

  for (const { type, fields } of spec) {
    for (const [name, { opt }] of Object.entries(fields ?? {})) {
      if (opt || NOT_ASKED_FOR.includes(name)) continue
      it(`${type} owes its ${name}`, () => {
        expect(complaintsOf(type)).toMatch(new RegExp(`: ${name} must be`))
      })
    }
  }
})

const complaintsAbout = (judge: (ledger: ReturnType<typeof openLedger>) => void): string[] => {
  const ledger = openLedger()
  judge(ledger)
  return ledger.violations.map(({ message }) => message)
}

/** Each object with every field the grammar asks for. */
const ITEMS: readonly JsonObject[] = [
  { type: 'message', id: 'a', status: 's', role: 'assistant', content: [] },
  { type: 'reasoning', id: 'a', summary: [] },
  { type: 'function_call', id: 'a', status: 's', call_id: 'c', name: 'n', arguments: '' },
  { type: 'custom_tool_call', id: 'a', call_id: 'c', name: 'n', input: '' },
  { type: 'web_search_call', id: 'a' },
]

const PARTS: readonly JsonObject[] = [
  { type: 'output_text', text: '', annotations: [] },
  { type: 'refusal', refusal: '' },
  { type: 'reasoning_text', text: '' },
  { type: 'summary_text', text: '' },
]

describe('the items, parts and snapshots of /v1/responses', () => {
  for (const [kind, objects, judge] of [
    ['item', ITEMS, judgeItem],
    ['part', PARTS, judgePart],
  ] as const) {
    for (const whole of objects) {
      it(`${whole['type']} is a known ${kind} and whole`, () => {
        expect(complaintsAbout((ledger) => judge(whole, 'here', 1, ledger))).toEqual([])
        const ledger = openLedger()
        judge(whole, 'here', 1, ledger)
        expect(ledger.newer).toEqual([])
      })
      for (const name of Object.keys(whole)) {
        for (const put of [undefined, null, 1.5]) {
          it(`${whole['type']} may not have ${put} as its ${name}`, () => {
            const complaints = complaintsAbout((ledger) => judge({ ...whole, [name]: put }, 'here', 1, ledger))
            expect(complaints).toHaveLength(1)
            expect(complaints[0]).toContain(`${name} must be`)
          })
        }
      }
    }
  }

  for (const name of ['id', 'object', 'created_at', 'model', 'output', 'status']) {
    it(`a snapshot owes its ${name}`, () => {
      const event = snapshot('created', 'in_progress', { [name]: undefined })
      expect(complaintsAbout((ledger) => judgeSnapshot('created', event, 1, ledger))).toHaveLength(1)
    })
  }

  for (const name of ['input_tokens', 'output_tokens', 'total_tokens']) {
    it(`a usage owes its ${name}`, () => {
      const event = snapshot('completed', 'completed', { usage: { ...usage, [name]: null } })
      expect(complaintsAbout((ledger) => judgeSnapshot('completed', event, 1, ledger))).toEqual([
        `usage: ${name} must be an integer`,
      ])
    })
  }

  it('has null, a list or a string as no usage at all', () => {
    for (const [put, count] of [
      [null, 0],
      [[], 1],
      ['12', 1],
    ] as const) {
      const event = snapshot('completed', 'completed', { usage: put })
      expect(complaintsAbout((ledger) => judgeSnapshot('completed', event, 1, ledger))).toHaveLength(count)
    }
  })

  it('knows items of every family of the grammar', () => {
    for (const type of ['shell_call', 'apply_patch_call', 'compaction', 'program', 'mcp_approval_request']) {
      expect(isKnownItem(type)).toBe(true)
    }
    expect(isKnownItem('duet')).toBe(false)
  })
})
