import type { Protocol, Report } from '../defects/types.js'
import { createPipeline, createProtocolDetector, type NormalizeOptions } from '../index.js'
import { protocols } from '../replay/fixture-file.js'
import { createBinarySniffer } from './binary.js'
import { Failure, systemProblem } from './failure.js'
import type { Input } from './input.js'
import { createReader, type Reader } from './reader.js'
import type { Drain } from './terminal.js'

/** What came of one input. */
export interface Outcome {
  readonly report: Report
  /** Set where reading broke off: what had come was used, and the command ends with exit code 2. */
  readonly failure?: Failure
}

/** What the command line says of the streams: the same options as the library's. */
export interface StreamOptions extends Pick<NormalizeOptions, 'done' | 'resume'> {
  /** Found from the stream where it is left out. */
  readonly protocol: Protocol | undefined
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
    return await run(input, reader, options)
  } finally {
    reader.close()
  }
}

async function run(input: Input, reader: Reader, options: ConformOptions): Promise<Outcome> {
  const { write = () => {}, ready = async () => true } = options
  const opening = createOpening(input, options.streams)
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
    const opened: Opened | undefined = pipeline === undefined ? opening.push(chunk) : { pipeline, chunks: [chunk] }
    if (opened === undefined) continue
    pipeline = opened.pipeline
    for (const bytes of opened.chunks) pipeline.push(bytes, write)
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
    const opened = opening.end()
    pipeline = opened.pipeline
    for (const bytes of opened.chunks) pipeline.push(bytes, write)
  }
  pipeline.end('eof', write)
  await ready()
  return { report: pipeline.report() }
}

interface Opened {
  readonly pipeline: Pipeline
  /** What was held back until the protocol was known, and is to be pushed now. */
  readonly chunks: readonly Uint8Array[]
}

// As generous as the limit for one frame: the first event of a stream can be large.
const MOST_HELD = 64 * 1024 * 1024

function createOpening(input: Input, streams: StreamOptions) {
  const known = streams.protocol
  const detector = createProtocolDetector()
  const held: Uint8Array[] = []
  let bytes = 0
  const open = (protocol: Protocol | undefined): Opened | undefined =>
    protocol === undefined ? undefined : { pipeline: openPipeline(protocol, streams), chunks: held }
  const ambiguous = () =>
    new Failure(
      `${input.label}: ${bytes === 0 ? 'is empty' : 'no event tells which protocol this is'}; ` +
        `say so with --protocol ${protocols.join('|')}`,
    )
  return {
    push(chunk: Uint8Array): Opened | undefined {
      held.push(chunk)
      bytes += chunk.length
      const opened = open(known ?? detector.push(chunk))
      if (opened === undefined && bytes > MOST_HELD) throw ambiguous()
      return opened
    },
    end(): Opened {
      const opened = open(known ?? detector.end())
      if (opened === undefined) throw ambiguous()
      return opened
    },
  }
}

function openPipeline(protocol: Protocol, { done, resume }: StreamOptions): Pipeline {
  let drawn = 0
  try {
    return createPipeline({ protocol, done, resume, newId: () => String(++drawn) })
  } catch (error) {
    throw new Failure(`protocol ${protocol}: ${(error as Error).message}`)
  }
}
