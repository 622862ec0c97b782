import { ReadableStream } from 'node:stream/web'
import { check, normalize, type Report } from 'sse-conform'
import * as chat from 'sse-conform/chat'
import * as fetching from 'sse-conform/fetch'
import * as messages from 'sse-conform/messages'
import * as responses from 'sse-conform/responses'
import * as schemas from 'sse-conform/schemas'
import * as sse from 'sse-conform/sse'

const source = new ReadableStream<Uint8Array>()

export const repaired: ReadableStream<Uint8Array> = source.pipeThrough(normalize({ protocol: 'messages' }))

export const completed: ReadableStream<Uint8Array> = source.pipeThrough(chat.normalizeChat())

export const judged: Promise<Report> = check(repaired, { protocol: 'messages' })

// Without lib.dom the global fetch is undici's; ours stands in its place.
export const fetched: Promise<Response> = fetching.conformFetch({ fetch: globalThis.fetch })(
  'http://127.0.0.1/v1/messages',
)

export const subpaths: readonly object[] = [chat, fetching, messages, responses, schemas, sse]
