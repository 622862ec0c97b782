import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as schemas from '../../../src/schemas/index.js'
import { listed, responses } from './grammar.js'
import * as samples from './index.js'

const spec = new URL('../../../../shared/spec/events.responses.json', import.meta.url)
const { responsesSchemas } = schemas
const families = ['event', 'item', 'part', 'annotation'] as const

describe('the table of the schemas of a response', () => {
  it.each(families)('has each %s of the grammar and no other', (family) => {
    expect(Object.keys(responsesSchemas[family]).sort()).toEqual([...responses[family]].sort())
  })

  it('has each schema under the type that it checks', () => {
    for (const table of Object.values(responsesSchemas)) {
      for (const [type, schema] of Object.entries(table)) expect(schema.shape.type.value).toBe(type)
    }
  })

  it('has a sample in these tests for each of its entries', () => {
    const found = { event: samples.events, item: samples.items, part: samples.parts, annotation: samples.annotations }
    for (const family of families) expect(Object.keys(found[family]).sort()).toEqual([...responses[family]].sort())
  })

  it('has each schema that the package gives out for an event, under the name of its type', () => {
    for (const [type, schema] of Object.entries(responsesSchemas.event)) {
      const words = type.split(/[._]/).map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
      const name = `${words.join('')}Event`
      // `error` is the one event whose name belongs to two protocols.
      const own = type === 'error' ? 'responseErrorEvent' : `${name[0]?.toLowerCase()}${name.slice(1)}`
      expect(Object.entries(schemas).find(([, value]) => value === schema)?.[0]).toBe(own)
    }
  })
})

if (existsSync(spec)) {
  it('has each event of events.responses.json', () => {
    const types = (JSON.parse(readFileSync(spec, 'utf8')) as { type: string }[]).map(({ type }) => type)
    expect(types.length).toBeGreaterThan(0)
    expect(types.filter((type) => !Object.hasOwn(responsesSchemas.event, type))).toEqual([])
    expect([...types].sort(), 'the list that these tests carry is that of the file').toEqual([...listed].sort())
  })
} else {
  it('compares with the list in this folder, because ../shared/spec/events.responses.json is absent', () => {
    expect(listed.filter((type) => !Object.hasOwn(responsesSchemas.event, type))).toEqual([])
  })
}
