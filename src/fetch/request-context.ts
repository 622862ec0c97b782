import type { ChatRequest } from '../chat/options.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Protocol } from '../defects/types.js'
import type { FetchInput } from './options.js'
import { pathOf, protocolOfPath } from './protocol-of-path.js'

/** A request whose answer may be ours to mend. */
export interface KnownRequest {
  readonly protocol: Protocol
  readonly path: string
  /** It asked for a stream. Where it could not be read, the response's content type decides (D-70). */
  readonly streams: boolean
  /** What its body says; empty where it could not be read. */
  readonly context: ChatRequest
  /** It goes on in the middle of a response (D-50). */
  readonly resume: boolean
}

const streamIsTrue = /"stream"\s*:\s*true/

/**
 * Reads what is to be known of a request without touching it: its address, and its body where that is text (D-70).
 *
 * @param given the protocol, where the caller knows better than the path.
 * @returns undefined where the request is none of ours.
 */
export function readRequest(
  input: FetchInput,
  init: RequestInit | undefined,
  given: Protocol | undefined,
): KnownRequest | undefined {
  const url = typeof input === 'string' ? input : 'href' in input ? input.href : input.url
  const path = pathOf(url)
  const endpoint = protocolOfPath(path)
  const protocol = given ?? endpoint?.protocol
  if (protocol === undefined) return undefined
  const method = init?.method ?? (typeof input === 'object' && 'method' in input ? input.method : 'GET')
  const known = { protocol, path, context: {}, resume: false }
  if (/^get$/i.test(method)) {
    if (protocol !== 'responses' || endpoint?.retrieves !== true) return undefined
    const query = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1])
    if (query.get('stream') !== 'true') return undefined
    return { ...known, streams: true, resume: query.has('starting_after') }
  }
  if (!/^post$/i.test(method) || (given === undefined && endpoint?.retrieves === true)) return undefined
  // D-70: what cannot be read here is a Request's own body, bytes, a form, a stream.
  if (typeof init?.body !== 'string') return { ...known, streams: false }
  const body = streamingBody(init.body)
  return body === undefined ? undefined : { ...known, streams: true, context: contextOf(body) }
}

/** The body of a stream request. Most others are told without being parsed. */
function streamingBody(text: string): JsonObject | undefined {
  if (!streamIsTrue.test(text)) return undefined
  try {
    const body: unknown = JSON.parse(text)
    return isJsonObject(body) && body['stream'] === true ? body : undefined
  } catch {
    return undefined
  }
}

function contextOf({ model, n, tools, functions, stream_options: options }: JsonObject): ChatRequest {
  return {
    ...(typeof model === 'string' && { model }),
    // D-61: a request that was seen without it asked for one choice.
    n: typeof n === 'number' ? n : 1,
    tools: [tools, functions].flatMap((list) => (Array.isArray(list) ? list.flatMap(nameOf) : [])),
    includeUsage: isJsonObject(options) && options['include_usage'] === true,
  }
}

function nameOf(tool: unknown): string[] {
  if (!isJsonObject(tool)) return []
  const { function: inner, name } = tool
  const said = isJsonObject(inner) ? inner['name'] : name
  return typeof said === 'string' ? [said] : []
}
