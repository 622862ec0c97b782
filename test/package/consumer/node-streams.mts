import { ReadableStream } from 'node:stream/web'
import { check, normalize, type Report } from 'sse-conform'
import * as messages from 'sse-conform/messages'
import * as schemas from 'sse-conform/schemas'
import * as sse from 'sse-conform/sse'

const source = new ReadableStream<Uint8Array>()

export const repaired: ReadableStream<Uint8Array> = source.pipeThrough(normalize({ protocol: 'messages' }))

export const judged: Promise<Report> = check(repaired, { protocol: 'messages' })

export const subpaths: readonly object[] = [messages, schemas, sse]
