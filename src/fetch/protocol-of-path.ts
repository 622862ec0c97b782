import type { Protocol } from '../defects/types.js'

/** What a request's address says of it. */
export interface Endpoint {
  readonly protocol: Protocol
  /** An earlier response is asked for again: `GET …/responses/{id}`. */
  readonly retrieves: boolean
}

/** The path of an address, whatever it begins with. */
export function pathOf(url: string): string {
  const path = url.replace(/[?#].*$/s, '')
  return path.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '')
}

/**
 * Tells the protocol from the last segments of a path; before them may stand anything, a gateway's prefix or one of Azure's
 * deployments. Endpoints beside them (`count_tokens`, `batches`, the messages of a thread) are none of ours.
 *
 * @example
 * protocolOfPath('/openai/deployments/gpt/chat/completions') // { protocol: 'chat', retrieves: false }
 */
export function protocolOfPath(path: string): Endpoint | undefined {
  if (/\/chat\/completions\/?$/.test(path)) return { protocol: 'chat', retrieves: false }
  if (/\/responses\/?$/.test(path)) return { protocol: 'responses', retrieves: false }
  if (/\/responses\/[^/]+\/?$/.test(path)) return { protocol: 'responses', retrieves: true }
  if (/\/messages\/?$/.test(path) && !/\/threads\/[^/]+\/messages\/?$/.test(path)) {
    return { protocol: 'messages', retrieves: false }
  }
  return undefined
}
