import { check, normalize, type Report } from 'sse-conform'
import * as messages from 'sse-conform/messages'
import * as schemas from 'sse-conform/schemas'
import * as sse from 'sse-conform/sse'

export async function repaired(response: Response): Promise<ReadableStream<Uint8Array>> {
  if (response.body === null) throw new TypeError('a response without a body')
  return response.body.pipeThrough(normalize({ protocol: 'messages' }))
}

export async function judged(bytes: Uint8Array, body: ReadableStream<Uint8Array>): Promise<Report[]> {
  return [await check(bytes, { protocol: 'messages' }), await check(body, { protocol: 'messages' })]
}

export const subpaths: readonly object[] = [messages, schemas, sse]
