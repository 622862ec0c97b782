import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import * as choices from '../../../src/schemas/chat/choices.js'
import * as completion from '../../../src/schemas/chat/completion.js'
import * as errors from '../../../src/schemas/chat/errors.js'
import * as events from '../../../src/schemas/chat/events.js'
import * as filters from '../../../src/schemas/chat/filters.js'
import * as calls from '../../../src/schemas/chat/tool-calls.js'
import * as usages from '../../../src/schemas/chat/usage.js'
import { chatChoice, chatEvent, chatToolCall, chatToolCallDelta } from '../../../src/schemas/index.js'
import { patched } from '../samples.js'
import { samples } from './samples.js'

const unions: Readonly<Record<string, z.ZodType>> = {
  chatCompletionChunk: chatEvent,
  chatFilterChunk: chatEvent,
  chatBareChunk: chatEvent,
  chatErrorEvent: chatEvent,
  chatDeltaChoice: chatChoice,
  chatFilterChoice: chatChoice,
  functionToolCallDelta: chatToolCallDelta,
  customToolCallDelta: chatToolCallDelta,
  unknownToolCallDelta: chatToolCallDelta,
  functionToolCall: chatToolCall,
  customToolCall: chatToolCall,
}

/** What makes another member of the union out of the minimal value of one, and is valid as that. */
const turned: Readonly<Record<string, readonly string[]>> = {
  chatCompletionChunk: ['{"object":""}', '{"choices":"absent"}'],
  chatBareChunk: ['{"choices":[]}'],
  chatFilterChoice: ['{"delta":{}}'],
}

const written = (patch: unknown) =>
  JSON.stringify(patch, (_, value: unknown) => value ?? (value === null ? null : 'absent'))

describe.each(Object.entries(samples))('%s', (name, { schema, minimal, valid = [], broken }) => {
  const union = unions[name]
  const both = union === undefined ? [schema] : [schema, union]

  it('takes the minimal value and gives it back unchanged', () => {
    for (const each of both) expect(each.parse(minimal)).toEqual(minimal)
  })

  it('takes what is valid beyond it', () => {
    for (const each of both) {
      for (const value of valid) expect(each.parse(value), written(value)).toEqual(value)
    }
  })

  it('keeps fields that it does not declare', () => {
    const grown = { ...minimal, some_later_field: { deep: [1] } }
    for (const each of both) expect(each.parse(grown)).toEqual(grown)
  })

  it('refuses each break of a field', () => {
    expect(broken.length).toBeGreaterThan(0)
    for (const patch of broken) expect(schema.safeParse(patched(minimal, patch)).success, written(patch)).toBe(false)
  })

  it('refuses it in its union too, unless it is another member now', () => {
    const taken = broken.filter((patch) => union?.safeParse(patched(minimal, patch)).success)
    expect(taken.map(written).sort()).toEqual([...(turned[name] ?? [])].sort())
  })
})

describe('the schemas of chat', () => {
  const all = Object.entries({ ...choices, ...completion, ...errors, ...events, ...filters, ...calls, ...usages })

  it('have a sample each, but for the unions and for what is broken as a field of another', () => {
    const schemas = all.filter(([, value]) => value instanceof z.ZodType)
    expect(Object.keys(samples).filter((name) => !schemas.some(([own]) => own === name))).toEqual([])
    for (const [name, { schema }] of Object.entries(samples)) expect(Object.fromEntries(schemas)[name]).toBe(schema)
    const rest = schemas.map(([name]) => name).filter((name) => !Object.hasOwn(samples, name))
    expect(rest.sort()).toEqual([
      'calledCustomTool',
      'calledFunction',
      'chatAudio',
      'chatAudioDelta',
      'chatChoice',
      'chatError',
      'chatEvent',
      'chatLogprobs',
      'chatToolCall',
      'chatToolCallDelta',
      'chatTopLogprob',
      'contentFilterOffsets',
      'contentFilterResult',
      'contentFilterResults',
      'customDelta',
      'finishReason',
      'functionDelta',
      'unknownToolCall',
    ])
  })
})
