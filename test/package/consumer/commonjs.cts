import sseConform = require('sse-conform')
import chat = require('sse-conform/chat')
import fetching = require('sse-conform/fetch')
import messages = require('sse-conform/messages')
import responses = require('sse-conform/responses')
import schemas = require('sse-conform/schemas')
import sse = require('sse-conform/sse')

function repaired(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return body.pipeThrough(sseConform.normalize({ protocol: 'messages' }))
}

// As a client takes it: the type of the global fetch.
const asFetch: typeof fetch = fetching.conformFetch({ httpErrors: 'stream', onEnd: (report) => void report.endState })

export = { repaired, asFetch, subpaths: [chat, fetching, messages, responses, schemas, sse] as readonly object[] }
