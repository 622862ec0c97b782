import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPipeline, type NormalizeOptions } from '../src/index.js'
import { judge } from './oracle/index.js'

type Protocol = NormalizeOptions['protocol']

const protocols: readonly Protocol[] = ['messages', 'responses', 'chat']
const folder = new URL('../fixtures/', import.meta.url)

/** The streams of one protocol, by the names of the fixtures. */
const streamsOf = (protocol: Protocol): { name: string; upstream: Uint8Array }[] =>
  readdirSync(new URL(`${protocol}/`, folder)).map((name) => ({
    name,
    upstream: new Uint8Array(readFileSync(new URL(`${protocol}/${name}/upstream.sse`, folder))),
  }))

/** Runs bytes through one machine, whole or in pieces. */
function run(protocol: Protocol, upstream: Uint8Array, size = upstream.length) {
  const parts: Uint8Array[] = []
  let drawn = 0
  const pipeline = createPipeline({ protocol, newId: () => String(++drawn) })
  const emit = (bytes: Uint8Array): void => void parts.push(bytes.slice())
  for (let at = 0; at < upstream.length; at += size) pipeline.push(upstream.slice(at, at + size), emit)
  pipeline.end('eof', emit)
  return { output: Buffer.concat(parts), report: pipeline.report() }
}

/** Fixtures of one protocol whose streams are another's. */
const astray: Readonly<Record<string, Protocol>> = { 'openai-chunks': 'chat', 'chat-chunks': 'chat' }

describe.each(protocols)('the fixtures of %s', (own) => {
  const all = streamsOf(own)

  describe.each(protocols.filter((other) => other !== own))('in the machine of %s', (other) => {
    const streams = all.filter(({ name }) => astray[name] !== other)

    it('are all of another protocol, but for those that show what is not theirs', () => {
      for (const { upstream } of all.filter((stream) => !streams.includes(stream))) {
        expect(run(other, upstream).report).toMatchObject({ endState: 'complete', defects: [] })
      }
    })

    it.each(streams)('are no answer, and come out as a valid error: $name', ({ upstream }) => {
      const { output, report } = run(other, upstream)
      expect(report.endState).not.toBe('complete')
      const { violations, ending } = judge(other, output, { repairedOnly: true })
      expect(violations).toEqual([])
      expect(ending).toBe('error')
    })

    it('come out the same where the bytes come five by five', () => {
      for (const { name, upstream } of streams) expect(run(other, upstream, 5), name).toEqual(run(other, upstream))
    })

    it('come out the same where what came out comes in again', () => {
      for (const { name, upstream } of streams) {
        const { output } = run(other, upstream)
        const again = run(other, new Uint8Array(output))
        expect(again.output.toString(), name).toBe(output.toString())
        expect(again.report.defects, name).toEqual([])
      }
    })
  })
})
