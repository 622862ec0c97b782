import { Reporter } from '../defects/reporter.js'
import { concat, toBytes } from '../sse/bytes.js'
import type { ReportingStage } from '../stage/pipeline.js'
import type { OpenCall } from './call.js'
import { type Clock, within } from './clock.js'
import { letGo } from './drain.js'
import { dressOf, responseLike, restatused } from './dress.js'
import { type ErrorBody, errorBodyOf, errorFrameOf, readErrorBody } from './error-body.js'
import { guardrailMessage, type MessageSource } from './guardrail-message.js'
import { isGuardrailMessage } from './guardrail-watch.js'
import type { NormalizeResponseOptions } from './options.js'
import { cutDeltas } from './pieces.js'
import { contentTypeOf, isUtf8 } from './sniff.js'
import { openSource, type Source } from './source.js'

/** How much of the body of an error is read, and for how long: an error that never ends is told by its status. */
const errorBytes = 1024 * 1024
const errorMilliseconds = 5000
const start = { number: 0, offset: 0 }

/** What an HTTP error is answered with. */
export interface ErrorParts {
  readonly options: Pick<
    NormalizeResponseOptions,
    'protocol' | 'httpErrors' | 'guardrail' | 'guardrailStatus' | 'pieceSize' | 'signal'
  >
  readonly call: OpenCall
  readonly clock: Clock
  readonly message: MessageSource
  /** Makes a pipeline, for an answer that becomes a stream. */
  readonly stage: () => ReportingStage<Uint8Array, Uint8Array>
}

/** Answers an HTTP error as the options say: with a proper JSON body, or as a stream. */
export async function answerError(response: Response, parts: ErrorParts): Promise<Response> {
  const { options, call } = parts
  const { protocol } = options
  const source = openSource(response.body, contentTypeOf(response.headers).charset, call.repaired)
  const body = await readShort(source, parts)
  const found = readErrorBody(body, protocol, response.status)
  if (options.guardrail === 'message' && isGuardrailMessage(found)) {
    call.repaired('guardrail-message')
    const bytes = guardrailMessage(protocol, found.error.message, parts.message)
    return asStream(response, bytes, parts)
  }
  if (options.httpErrors === 'stream') return asStream(response, toBytes(errorFrameOf(found.error, protocol)), parts)
  return asJson(response, body, found, parts)
}

function asJson(response: Response, body: Uint8Array, found: ErrorBody, parts: ErrorParts): Response {
  const { options, call } = parts
  const { protocol, guardrailStatus = 400 } = options
  const blocked = found.error.kind === 'guardrail' && response.status >= 500 && guardrailStatus === 400
  const reporter = new Reporter(protocol, call.hooks)
  const json = JSON.stringify(errorBodyOf(found.error, protocol))
  const bytes = found.proper ? body : toBytes(json)
  let dress = dressOf(response)
  if (!found.proper) {
    call.repaired('error-body')
    reporter.defect('errors/error-frame-shape', 'rewrote', start, { found: found.shape })
  }
  const { type, charset } = contentTypeOf(dress.headers)
  if (type !== 'application/json') call.repaired('content-type')
  if (type !== 'application/json' || !isUtf8(charset)) dress.headers.set('content-type', 'application/json')
  if (blocked) {
    call.repaired('status')
    dress = restatused(dress, 400, 'Bad Request')
  }
  reporter.bytesIn = body.length
  reporter.bytesOut = bytes.length
  reporter.ended('upstream-error')
  reporter.over('eof')
  call.hooks.onEnd?.(reporter.report())
  return responseLike(response, bytes as BodyInit & Uint8Array, dress)
}

/** Runs what an upstream would have sent in a stream through the machine, at once. */
function asStream(response: Response, input: Uint8Array, { stage: make, call, options }: ErrorParts): Response {
  call.repaired('status')
  const stage = make()
  const outputs: Uint8Array[] = []
  const emit = (output: Uint8Array) => void outputs.push(output)
  stage.push(input, emit)
  stage.flush?.(emit)
  stage.end('eof', emit)
  stage.flush?.(emit)
  const cut = options.pieceSize === undefined ? outputs : cutDeltas(options.pieceSize)(outputs)
  const dress = restatused(dressOf(response), 200, 'OK')
  dress.headers.set('content-type', 'text/event-stream; charset=utf-8')
  return responseLike(response, concat(cut) as BodyInit & Uint8Array, dress)
}

/** The beginning of a body. What fails or stalls is told by what had come. */
async function readShort(source: Source, { options, clock }: ErrorParts): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  const read = async () => {
    for (let taken = 0; taken < errorBytes; ) {
      const next = await source.read()
      if (next.done) return
      chunks.push(next.value)
      taken += next.value.length
    }
    letGo(source)
  }
  try {
    if ((await within(clock, read(), errorMilliseconds)) === 'late') letGo(source)
  } catch {
    // D-11: an abort is the caller's own; whatever else cut the body leaves the status.
    options.signal?.throwIfAborted()
  }
  return concat(chunks)
}
