import { Stream as AnthropicStream } from '@anthropic-ai/sdk/core/streaming'
import { createParser } from 'eventsource-parser'
import { do_not_optimize } from 'mitata'
import { Stream as OpenaiStream } from 'openai/core/streaming'
import { createPipeline, normalize } from '../src/index.js'
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
    onEvent: (event) => {
      do_not_optimize(JSON.parse(event.data))
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
