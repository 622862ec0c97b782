import sseConform = require('sse-conform')
import messages = require('sse-conform/messages')
import schemas = require('sse-conform/schemas')
import sse = require('sse-conform/sse')

function repaired(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return body.pipeThrough(sseConform.normalize({ protocol: 'messages' }))
}

export = { repaired, subpaths: [messages, schemas, sse] as readonly object[] }
