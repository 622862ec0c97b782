import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  annotation,
  contentBlock,
  contentDelta,
  contentPart,
  messagesEvent,
  messagesSchemas,
  outputItem,
  responsesEvent,
  responsesSchemas,
  summaryPart,
} from '../../src/schemas/index.js'
import * as responses from './responses/index.js'
import { blocks, deltas, events, patched } from './samples.js'

// A summary's parts are of their own, and no place takes both.
const anyPart = z.union([contentPart, summaryPart])

const families = [
  { family: 'event', samples: events, table: messagesSchemas.event, union: messagesEvent },
  { family: 'block', samples: blocks, table: messagesSchemas.block, union: contentBlock },
  { family: 'delta', samples: deltas, table: messagesSchemas.delta, union: contentDelta },
  { family: 'event of a response', samples: responses.events, table: responsesSchemas.event, union: responsesEvent },
  { family: 'item', samples: responses.items, table: responsesSchemas.item, union: outputItem },
  { family: 'part', samples: responses.parts, table: responsesSchemas.part, union: anyPart },
  { family: 'annotation', samples: responses.annotations, table: responsesSchemas.annotation, union: annotation },
] as const

describe.each(families)('the schema of each $family', ({ samples, table, union }) => {
  const schemas: Readonly<Record<string, z.ZodType>> = table

  describe.each(Object.entries(samples))('%s', (type, sample) => {
    const minimal = { type, ...sample.minimal }
    const schema = schemas[type]
    if (schema === undefined) throw new Error(`no schema for ${type}`)

    it('takes the minimal value, alone and in the union, and gives it back unchanged', () => {
      expect(schema.parse(minimal)).toEqual(minimal)
      expect(union.parse(minimal)).toEqual(minimal)
    })

    it('takes what is valid beyond it', () => {
      for (const value of sample.valid ?? []) {
        expect(union.safeParse({ type, ...value }), JSON.stringify(value)).toMatchObject({ success: true })
      }
    })

    it('keeps fields that it does not declare', () => {
      const grown = { ...minimal, some_later_field: { deep: [1] } }
      expect(schema.parse(grown)).toEqual(grown)
      expect(union.parse(grown)).toEqual(grown)
    })

    it('refuses each break of a field, also in the union', () => {
      for (const patch of sample.broken) {
        const value = patched(minimal, patch)
        expect(schema.safeParse(value).success, JSON.stringify(patch)).toBe(false)
        expect(union.safeParse(value).success, JSON.stringify(patch)).toBe(false)
      }
    })

    it('refuses the type of another', () => {
      expect(schema.safeParse({ ...minimal, type: 'some_later_thing' }).success).toBe(false)
      expect(schema.safeParse(patched(minimal, { type: undefined })).success).toBe(false)
    })
  })
})
