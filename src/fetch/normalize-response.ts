import { createPipeline, type NormalizeOptions } from '../normalize.js'
import { type OpenCall, openCall } from './call.js'
import { never, platformClock } from './clock.js'
import { conformBody } from './conform-body.js'
import { dressOf, responseLike } from './dress.js'
import { guardrailMessage, type MessageSource } from './guardrail-message.js'
import { watchForGuardrail } from './guardrail-watch.js'
import { heartbeatOf } from './heartbeat.js'
import { answerError } from './http-error.js'
import { checkOptions, type NormalizeResponseOptions } from './options.js'
import { cutDeltas } from './pieces.js'
import { pathOf } from './protocol-of-path.js'
import { contentTypeOf, isUtf8 } from './sniff.js'
import { openSource } from './source.js'

/**
 * Makes the response to a stream request what its protocol promises: a conformant event stream, or an HTTP error with the
 * protocol's JSON body. Status, headers and `url` survive.
 *
 * A response of 2xx is given back at once, whatever its body turns out to be: a JSON body becomes the events of a stream, and
 * everything that is none ends in an error inside the stream (D-71). A response of 400 and more is read first. All others are
 * given back as they are.
 *
 * @param response what an upstream answered to a request with `stream: true`. Its body is taken over.
 * @param options the protocol; everything else may be left out.
 * @throws TypeError where the protocol is none of those that are supported or the body is locked; RangeError where a limit or
 * a time is none; what the signal aborts with, where that happens while an error is read; what a callback throws.
 * @example
 * const response = await normalizeResponse(await fetch(url, init), { protocol: 'messages' })
 */
export async function normalizeResponse<Context = undefined>(
  response: Response,
  options: NormalizeResponseOptions<Context>,
): Promise<Response> {
  checkOptions(options)
  const call = openCall(options, pathOf(response.url))
  return conformResponse(response, options, call)
}

/** The same for a call that is open already. */
export function conformResponse<Context>(
  response: Response,
  options: NormalizeResponseOptions<Context>,
  call: OpenCall,
): Response | Promise<Response> {
  const { protocol, request, clock = platformClock } = options
  const { newId = drawId, createdAt = Math.floor(Date.now() / 1000) } = options
  const message: MessageSource = { request, newId, createdAt }
  const { onDefect: _, onObservation: __, onEnd: ___, ...told } = options
  const pipeline: NormalizeOptions = { ...told, newId, createdAt, ...call.hooks }
  const stage = () => createPipeline(pipeline)
  call.status = response.status
  if (response.status >= 400) {
    if (options.httpErrors === 'pass') return response
    return answerError(response, { options, call, clock, message, stage })
  }
  if (!response.ok) return response
  const { type, charset } = contentTypeOf(response.headers)
  const dress = dressOf(response)
  if (type !== 'text/event-stream') call.repaired('content-type')
  if (type !== 'text/event-stream' || !isUtf8(charset)) {
    dress.headers.set('content-type', 'text/event-stream; charset=utf-8')
  }
  if (dress.status !== response.status) call.repaired('status')
  const { heartbeat, timeouts, pieceSize, guardrail, signal } = options
  const answer = (text: string) => {
    call.repaired('guardrail-message')
    return guardrailMessage(protocol, text, message)
  }
  const body = conformBody({
    stage: stage(),
    source: openSource(response.body, charset, call.repaired),
    clock,
    status: response.status,
    signal,
    idle: timeouts?.idle ?? never,
    total: timeouts?.total ?? never,
    every: heartbeat ?? never,
    heartbeat: heartbeat === undefined ? undefined : heartbeatOf(protocol),
    cut: pieceSize === undefined ? undefined : cutDeltas(pieceSize),
    watch: guardrail === 'message' ? watchForGuardrail(answer) : undefined,
  })
  return responseLike(response, body, dress)
}

function drawId(): string {
  return crypto.randomUUID().replaceAll('-', '')
}
