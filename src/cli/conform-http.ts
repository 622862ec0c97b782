import type { Report } from '../defects/types.js'
import type { Call, HttpRepair } from '../fetch/index.js'
import { contentTypeOf } from '../fetch/sniff.js'
import { openSource } from '../fetch/source.js'
import { normalizeResponse } from '../index.js'
import type { ConformOptions, Outcome } from './conform.js'
import { createDetection, type Detected } from './detection.js'
import { Failure, systemProblem } from './failure.js'
import { readDump } from './http-dump.js'
import type { Input } from './input.js'
import { pipelineOptions } from './pipeline-options.js'
import type { Reader } from './reader.js'

/**
 * Reads one input as a whole HTTP response and does with it what `normalizeResponse` does. The body of the response that comes of it
 * is written; its status is part of the outcome.
 *
 * @throws Failure where the input is no HTTP response, a redirect, or its protocol was not given and cannot be found
 */
export async function conformHttp(input: Input, reader: Reader, options: ConformOptions): Promise<Outcome> {
  const { streams, write = () => {}, ready = async () => true } = options
  let failure: Failure | undefined
  const failing: Reader = {
    ...reader,
    next: () =>
      reader.next().catch((error: unknown) => {
        failure ??= new Failure(`${input.label}: reading ${systemProblem(error)}`)
        throw failure
      }),
  }
  const { response, packed } = await readDump(failing, input.label)
  const found: HttpRepair[] = []
  const { protocol, body } = await detected(response, input.label, streams.protocol, (repair) => found.push(repair))
  let over: { readonly report: Report; readonly call: Call } | undefined
  const answer = await normalizeResponse(body, {
    ...pipelineOptions(protocol, streams),
    httpErrors: streams.httpErrors,
    guardrail: streams.guardrail,
    createdAt: 0,
    onEnd: (report, call) => {
      over = { report, call }
    },
  })
  if (answer === body) throw new Failure(`${input.label}: HTTP ${answer.status} is no answer that could be normalised`)
  const output = answer.body?.getReader()
  for (let read = await output?.read(); read?.done === false; read = await output?.read()) {
    write(read.value)
    if (!(await ready())) await output?.cancel()
  }
  if (over === undefined) throw new Error('A response was read to its end, and nothing was reported.')
  const { report, call } = over
  const repairs = [...new Set([...found, ...call.repairs])].filter((repair) => !(packed && repair === 'compression'))
  return { report, http: { status: { in: response.status, out: answer.status }, repairs }, failure }
}

/** The response, and its protocol: where that has to be found, the beginning of the body has been read and is put back. */
async function detected(
  response: Response,
  label: string,
  known: Detected['protocol'] | undefined,
  repaired: (repair: HttpRepair) => void,
): Promise<{ readonly protocol: Detected['protocol']; readonly body: Response }> {
  if (known !== undefined) return { protocol: known, body: response }
  const source = openSource(response.body, contentTypeOf(response.headers).charset, repaired)
  const detection = createDetection(label, known)
  let found: Detected | undefined
  while (found === undefined) {
    // A body that breaks off here breaks off again for whoever reads it next.
    const read = await source.read().catch(() => undefined)
    found = read?.value === undefined ? detection.end() : detection.push(read.value)
  }
  const held = [...found.chunks]
  const underlying: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      const value = held.shift() ?? (await source.read()).value
      if (value === undefined) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => source.cancel(reason),
  }
  const stream = new ReadableStream(underlying, { highWaterMark: 0 })
  const { status, statusText, headers } = response
  return { protocol: found.protocol, body: new Response(stream, { status, statusText, headers }) }
}
