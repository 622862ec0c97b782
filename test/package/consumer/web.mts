import { type ConformFetchOptions, check, conformFetch, normalize, normalizeResponse, type Report } from 'sse-conform'
import * as chat from 'sse-conform/chat'
import * as fetching from 'sse-conform/fetch'
import * as messages from 'sse-conform/messages'
import * as responses from 'sse-conform/responses'
import * as schemas from 'sse-conform/schemas'
import * as sse from 'sse-conform/sse'

export async function repaired(response: Response): Promise<ReadableStream<Uint8Array>> {
  if (response.body === null) throw new TypeError('a response without a body')
  return response.body.pipeThrough(normalize({ protocol: 'messages' }))
}

export async function judged(bytes: Uint8Array, body: ReadableStream<Uint8Array>): Promise<Report[]> {
  return [await check(bytes, { protocol: 'messages' }), await check(body, { protocol: 'chat' })]
}

export function chatBody(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return body.pipeThrough(chat.normalizeChat({ request: { n: 1, includeUsage: true }, finishReason: 'from-tools' }))
}

// As a client takes it: the type of the global fetch, with a context of the caller's own type.
const options: ConformFetchOptions<number> = {
  context: () => 7,
  timeouts: { idle: 60_000 },
  onEnd: (report, call) => [report.endState, call.context.toFixed(), call.repairs.length],
}
export const asFetch: typeof fetch = conformFetch(options)

export const answered: Promise<Response> = normalizeResponse(new Response(), { protocol: 'chat', guardrail: 'message' })

export const subpaths: readonly object[] = [chat, fetching, messages, responses, schemas, sse]
