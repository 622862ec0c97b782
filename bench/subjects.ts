import { Stream as AnthropicStream } from '@anthropic-ai/sdk/core/streaming'
import { createParser } from 'eventsource-parser'
import { do_not_optimize } from 'mitata'
import { Stream as OpenaiStream } from 'openai/core/streaming'
import { conformFetch, createPipeline, type Emit, normalize } from '../src/index.js'
import type { BenchProtocol } from './streams.js'

/** What is measured: something that reads a body, given as the chunks that the network delivered. */
export type Subject = (chunks: readonly Uint8Array[], protocol: BenchProtocol) => void | Promise<void>

/** **R**: what every client pays anyway. Decode, parse the event stream, parse each event. */
export const reference: Subject = (chunks) => {
  const read = client()
  for (const chunk of chunks) read(chunk)
}

/** eventsource-parser alone: R without `JSON.parse`. */
export const parserAlone: Subject = (chunks) => {
  const decoder = new TextDecoder()
  const parser = createParser({ onEvent: do_not_optimize })
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }))
}

/** The pipeline as a stage, driven by hand: bytes in, repaired bytes out. */
export const stage: Subject = (chunks, protocol) => {
  const pipeline = createPipeline({ protocol })
  for (const chunk of chunks) pipeline.push(chunk, do_not_optimize)
  pipeline.end('eof', do_not_optimize)
  do_not_optimize(pipeline.report())
}

/** A proxy's case: the body through `normalize()` and on, unread. */
export const pair: Subject = (chunks, protocol) => drain(source(chunks).pipeThrough(normalize({ protocol })))

/** A client's case: the body through `normalize()`, and R behind it. */
export const pairThenReference: Subject = (chunks, protocol) =>
  drain(source(chunks).pipeThrough(normalize({ protocol })), client())

/** What the pair is held against: a native `TransformStream` that does nothing, and R behind it. */
export const identityThenReference: Subject = (chunks) =>
  drain(source(chunks).pipeThrough(new TransformStream<Uint8Array, Uint8Array>()), client())

/** A client's or a proxy's case: the body of a response that came through `conformFetch`. */
export const fetched: Subject = async (chunks, protocol) => {
  const conformed = conformFetch({ protocol, fetch: async () => responseOf(chunks) })
  const { body } = await conformed('http://gateway.test/', streamRequest)
  if (body !== null) await drain(body)
}

const streamRequest: RequestInit = { method: 'POST', body: '{"model":"bench-model-1","stream":true}' }

/** What that is held against: the same pipeline in a pull-based stream and nothing around it. */
export const pulledStage: Subject = (chunks, protocol) => {
  const pipeline = createPipeline({ protocol })
  return drain(
    pulled(source(chunks), (chunk, emit) => {
      if (chunk === undefined) pipeline.end('eof', emit)
      else pipeline.push(chunk, emit)
      pipeline.flush?.(emit)
    }),
  )
}

/** The hop alone: a pull-based stream that hands on what it is given. */
export const pulledAlone: Subject = (chunks) =>
  drain(
    pulled(source(chunks), (chunk, emit) => {
      if (chunk !== undefined) emit(chunk)
    }),
  )

/** A pull-based stream without a queue of its own over another one. */
function pulled(
  from: ReadableStream<Uint8Array>,
  step: (chunk: Uint8Array | undefined, emit: Emit<Uint8Array>) => void,
): ReadableStream<Uint8Array> {
  const reader = from.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (let sent = false; !sent; ) {
          const { done, value } = await reader.read()
          step(done ? undefined : value, (output) => {
            sent = true
            controller.enqueue(output)
          })
          if (!done) continue
          controller.close()
          return
        }
      },
    },
    { highWaterMark: 0 },
  )
}

/** The reader that `@anthropic-ai/sdk` itself puts over a response. */
export const anthropicReader: Subject = async (chunks) => {
  for await (const event of AnthropicStream.fromSSEResponse(responseOf(chunks), new AbortController())) {
    do_not_optimize(event)
  }
}

/** The reader that `openai` itself puts over a response. */
export const openaiReader: Subject = async (chunks) => {
  for await (const event of OpenaiStream.fromSSEResponse(responseOf(chunks), new AbortController())) {
    do_not_optimize(event)
  }
}

/** R, one chunk at a time. */
function client(): (chunk: Uint8Array) => void {
  const decoder = new TextDecoder()
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data !== '[DONE]') do_not_optimize(JSON.parse(data))
    },
  })
  return (chunk) => parser.feed(decoder.decode(chunk, { stream: true }))
}

function responseOf(chunks: readonly Uint8Array[]): Response {
  return new Response(source(chunks), { headers: { 'content-type': 'text/event-stream' } })
}

/** A body that gives a chunk when it is asked for one, as `fetch` does. */
function source(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const chunk = chunks[next++]
        if (chunk === undefined) controller.close()
        else controller.enqueue(chunk)
      },
    },
    { highWaterMark: 0 },
  )
}

async function drain(
  body: ReadableStream<Uint8Array>,
  take: (chunk: Uint8Array) => void = do_not_optimize,
): Promise<void> {
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    take(value)
  }
}
