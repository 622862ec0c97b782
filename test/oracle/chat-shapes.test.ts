/** Each field that GRAMMAR.md §4.1 asks for, taken away and put wrong one by one. */
import { describe, expect, it } from 'vitest'
import {
  bytes,
  calling,
  chunk,
  counts,
  failure,
  finish,
  more,
  opening,
  put,
  say,
  start,
  tools,
  wire,
} from './chat-streams.js'
import { judge } from './index.js'
import type { JsonObject } from './verdict.js'

/** A field, the rule that asks for it, and what it may hold all the same. */
interface Mutated {
  readonly path: string
  readonly rule: string
  readonly takes?: readonly unknown[]
}

/** One stream, one event of it, and the fields of that event. */
interface Subject {
  readonly name: string
  readonly events: readonly JsonObject[]
  readonly at: number
  readonly fields: readonly Mutated[]
}

/** What a field is made into, one after the other. */
const WRONG: readonly unknown[] = [undefined, null, '', 'x', -1.5, true, [], {}]

const whole = [
  start(),
  say({ content: 'a', refusal: 'b' }),
  tools(opening(0)),
  tools(more(0, '{}')),
  finish('stop'),
  chunk([], { usage: counts }),
]

const first = 'choices.0.delta.tool_calls.0'

const SUBJECTS: readonly Subject[] = [
  {
    name: 'chunk',
    events: whole,
    at: 1,
    fields: [
      { path: 'id', rule: '4.1', takes: ['', 'x'] },
      { path: 'object', rule: '4.1' },
      { path: 'created', rule: '4.1', takes: [-1.5] },
      { path: 'model', rule: '4.1', takes: ['', 'x'] },
      { path: 'choices', rule: 'CH-1', takes: [[]] },
      { path: 'usage', rule: '4.2', takes: [undefined, null] },
      { path: 'choices.0', rule: 'CH-2' },
      { path: 'choices.0.index', rule: 'CH-2' },
      { path: 'choices.0.delta', rule: 'CH-6', takes: [{}] },
      { path: 'choices.0.delta.content', rule: '4.1', takes: [undefined, null, '', 'x'] },
      { path: 'choices.0.delta.refusal', rule: '4.1', takes: [undefined, null, '', 'x'] },
      { path: 'choices.0.delta.role', rule: 'CH-3', takes: [undefined, null] },
      { path: 'choices.0.delta.tool_calls', rule: 'CH-10', takes: [undefined, null, []] },
      { path: 'choices.0.finish_reason', rule: 'CH-4', takes: [undefined, null] },
    ],
  },
  {
    name: 'first delta of a call',
    events: whole,
    at: 2,
    fields: [
      { path: first, rule: 'CH-7' },
      { path: `${first}.index`, rule: 'CH-7' },
      { path: `${first}.id`, rule: 'CH-8', takes: ['x'] },
      // A type of another name is newer than we are.
      { path: `${first}.type`, rule: 'CH-8', takes: ['x'] },
      { path: `${first}.function`, rule: 'CH-8' },
      { path: `${first}.function.name`, rule: 'CH-8', takes: ['x'] },
      { path: `${first}.function.arguments`, rule: 'CH-', takes: ['', 'x'] },
    ],
  },
  {
    name: 'later delta of a call',
    events: whole,
    at: 3,
    fields: [
      { path: `${first}.index`, rule: 'CH-7' },
      { path: `${first}.id`, rule: 'CH-', takes: [undefined] },
      { path: `${first}.type`, rule: 'CH-9', takes: [undefined] },
      { path: `${first}.function.name`, rule: 'CH-9', takes: [undefined] },
      { path: `${first}.function.arguments`, rule: 'CH-10', takes: [undefined, '', 'x'] },
    ],
  },
  {
    name: 'usage',
    events: whole,
    at: 5,
    fields: ['prompt_tokens', 'completion_tokens', 'total_tokens'].map((name) => ({
      path: `usage.${name}`,
      rule: '4.2',
    })),
  },
  {
    name: 'error frame',
    events: [start(), failure],
    at: 1,
    fields: [
      { path: 'error.message', rule: 'CH-15', takes: ['', 'x'] },
      { path: 'error.type', rule: 'CH-15', takes: [undefined, null, '', 'x'] },
      { path: 'error.code', rule: 'CH-15', takes: [undefined, null, '', 'x', -1.5] },
      // No client reads it.
      { path: 'error.param', rule: '', takes: WRONG },
    ],
  },
]

const rulesOf = (events: readonly JsonObject[]): string[] =>
  judge('chat', bytes(wire(events))).violations.map(({ rule }) => rule)

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

const takes = ({ takes: taken = [] }: Mutated, value: unknown): boolean =>
  taken.some((one) => shown(one) === shown(value))

describe('the shapes of /v1/chat/completions', () => {
  it('are right as they stand', () => {
    for (const { events } of SUBJECTS) expect(rulesOf(events)).toEqual([])
    expect(rulesOf(calling(tools(opening(0)), tools(more(0, '{}'))))).toEqual([])
  })

  for (const { name, events, at, fields } of SUBJECTS) {
    for (const mutated of fields) {
      for (const value of WRONG) {
        const broken = events.map((event, place) => (place === at ? put(event, { [mutated.path]: value }) : event))
        // That the id is one and that arguments are there is no matter of shape.
        const rules = (): string[] => rulesOf(broken).filter((rule) => rule !== 'CH-13' && rule !== 'D-63')
        if (takes(mutated, value)) {
          it(`${name}: ${mutated.path} may be ${shown(value)}`, () => expect(rules()).toEqual([]))
        } else {
          it(`${name}: ${mutated.path} may not be ${shown(value)} (${mutated.rule})`, () => {
            expect(rules().some((rule) => rule.startsWith(mutated.rule))).toBe(true)
          })
        }
      }
    }
  }
})
