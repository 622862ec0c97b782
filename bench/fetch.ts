import { conformFetch } from '../src/index.js'
import { chunkPerFrame } from './chunks.js'
import type { Figure } from './figure.js'
import { limits } from './limits.js'
import { compare, processorMicroseconds } from './measure.js'
import type { BenchProtocol, BenchSet } from './streams.js'
import { fetched, pulledAlone, pulledStage } from './subjects.js'

const events = 5_000
const calls = 5_000

const paths: Record<BenchProtocol, string> = {
  messages: '/v1/messages',
  responses: '/v1/responses',
  chat: '/v1/chat/completions',
}

/** What `conformFetch` costs: around a stream, one event per chunk; and where there is none to mend. */
export async function* fetching(sets: readonly BenchSet[]): AsyncGenerator<Figure> {
  for (const { protocol, conformant } of sets) {
    const body = [...chunkPerFrame(conformant.frames(events))]
    const row = { protocol, name: conformant.name, chunks: '1 event', subject: 'conformFetch', unit: '×' } as const
    const bases = [
      ['pull stream + stage', pulledStage, limits.fetchHop],
      ['pull stream', pulledAlone, undefined],
    ] as const
    for (const [base, run, limit] of bases) {
      const { measured, ratio } = await compare(
        { run: () => run(body, protocol), samples: 3, clock: 'processor' },
        { run: () => fetched(body, protocol), samples: 3, clock: 'processor' },
        15,
      )
      yield { ...row, base, value: ratio, limit, perEvent: measured / events / 1000 }
    }
    yield await request(protocol, 'no stream', '')
    // What stands elsewhere in the body has to be parsed to be told from a request for a stream.
    yield await request(protocol, 'no stream, but in its metadata', '"metadata":{"stream":true},')
  }
}

/** A request without a stream, its body as long as the limit is for; what the inner `fetch` costs is taken off. */
async function request(protocol: BenchProtocol, name: string, more: string): Promise<Figure> {
  const text = 'The tide table, please. '.repeat(164)
  const body = `{"model":"bench-model-1",${more}"messages":[{"role":"user","content":"${text}"}]}`
  if (body.length > 4096) throw new Error(`The body has ${body.length} bytes; the limit is for 4 KiB.`)
  const response = new Response()
  const inner = async () => response
  const conformed = conformFetch({ fetch: inner })
  const init = { method: 'POST', body }
  const cost = (ask: () => Promise<Response>) => processorMicroseconds(ask, calls)
  const costs: number[] = []
  for (let turn = 0; turn < 9; turn++) {
    const alone = await cost(inner)
    costs.push((await cost(() => conformed(`http://gateway.test${paths[protocol]}`, init))) - alone)
  }
  return {
    protocol,
    name,
    chunks: '',
    subject: 'conformFetch, a request',
    base: 'the inner fetch',
    value: costs.sort((a, b) => a - b)[4] ?? Number.NaN,
    unit: 'µs',
    limit: limits.fetchMicroseconds,
  }
}
