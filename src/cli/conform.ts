import type { ChatRequest } from '../chat/index.js'
import type { Protocol, Report } from '../defects/types.js'
import type { HttpRepair, ResponseOptions } from '../fetch/index.js'
import { createPipeline, type NormalizeOptions } from '../index.js'
import { createBinarySniffer } from './binary.js'
import { conformHttp } from './conform-http.js'
import { createDetection, type Detected } from './detection.js'
import { Failure, systemProblem } from './failure.js'
import type { Input } from './input.js'
import { pipelineOptions } from './pipeline-options.js'
import { createReader, type Reader } from './reader.js'
import type { Drain } from './terminal.js'

/** What came of one input. */
export interface Outcome {
  readonly report: Report
  /** Set where the input was a whole HTTP response. */
  readonly http?: HttpOutcome
  /** Set where reading broke off: what had come was used, and the command ends with exit code 2. */
  readonly failure?: Failure | undefined
}

/** What `--http` found around the events. */
export interface HttpOutcome {
  /** The upstream's status, and the one that the repaired response has. */
  readonly status: { readonly in: number; readonly out: number }
  /** What was mended, as `conformFetch` names it. */
  readonly repairs: readonly HttpRepair[]
}

/** What the command line says of the streams: the same options as the library's. */
export interface StreamOptions
  extends Pick<NormalizeOptions, 'done' | 'resume' | 'reasoning' | 'finishReason'>,
    Pick<ResponseOptions, 'httpErrors' | 'guardrail'>,
    Pick<ChatRequest, 'n' | 'tools' | 'includeUsage'> {
  /** Found from the stream where it is left out. */
  readonly protocol: Protocol | undefined
  /** The input is a whole HTTP response. */
  readonly http?: boolean | undefined
}

/** What to do with one input. */
export interface ConformOptions {
  readonly streams: StreamOptions
  /** Takes each chunk that comes out, at once. */
  readonly write?: (bytes: Uint8Array) => void
  /** Resolves when more may be written; false says that nobody reads any more. */
  readonly ready?: () => Promise<boolean>
  /** Called once, when the protocol's terminal has been written. */
  readonly onTerminal?: () => Promise<void>
  /**
   * How far a live input is read behind the terminal, or behind an error that owes one: the report is whole then, and no open
   * connection is waited for.
   */
  readonly drain: Drain
}

type Pipeline = ReturnType<typeof createPipeline>

/**
 * Feeds one input through a pipeline, chunk by chunk as they come.
 *
 * @throws Failure where the input is binary, or its protocol was not given and cannot be found
 */
export async function conform(input: Input, options: ConformOptions): Promise<Outcome> {
  const reader = createReader(input.stream)
  try {
    return await (options.streams.http === true ? conformHttp(input, reader, options) : run(input, reader, options))
  } finally {
    reader.close()
  }
}

async function run(input: Input, reader: Reader, options: ConformOptions): Promise<Outcome> {
  const { write = () => {}, ready = async () => true } = options
  const detection = createDetection(input.label, options.streams.protocol)
  const sniffer = createBinarySniffer()
  let pipeline: Pipeline | undefined
  let closed = false
  for (;;) {
    const chunk = await reader.next().catch((error: unknown) => error as Error)
    if (chunk === undefined) break
    if (chunk instanceof Error) {
      const failure = new Failure(`${input.label}: reading ${systemProblem(chunk)}`)
      if (pipeline === undefined) throw failure
      pipeline.end('reset', write)
      await ready()
      return { report: pipeline.report(), failure }
    }
    const problem = sniffer.push(chunk)
    if (problem !== undefined && pipeline === undefined) throw new Failure(`${input.label}: ${problem}`)
    let chunks: readonly Uint8Array[] = [chunk]
    if (pipeline === undefined) {
      const detected = detection.push(chunk)
      if (detected === undefined) continue
      pipeline = openPipeline(detected, options.streams)
      chunks = detected.chunks
    }
    for (const bytes of chunks) pipeline.push(bytes, write)
    if (!(await ready())) {
      pipeline.end('cancel', write)
      return { report: pipeline.report() }
    }
    // D-47: behind an error only its `response.failed` is owed, and no open connection is waited for.
    if (input.live && pipeline.owing === true) reader.limit(options.drain)
    if (pipeline.ended && !closed) {
      closed = true
      if (input.live) reader.limit(options.drain)
      await options.onTerminal?.()
    }
  }
  if (pipeline === undefined) {
    const detected = detection.end()
    pipeline = openPipeline(detected, options.streams)
    for (const bytes of detected.chunks) pipeline.push(bytes, write)
  }
  pipeline.end('eof', write)
  await ready()
  return { report: pipeline.report() }
}

function openPipeline({ protocol }: Detected, streams: StreamOptions): Pipeline {
  try {
    return createPipeline(pipelineOptions(protocol, streams))
  } catch (error) {
    throw new Failure(`protocol ${protocol}: ${(error as Error).message}`)
  }
}
