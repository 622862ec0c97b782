import type { Protocol } from '../defects/types.js'

/** What a request's address says of it. */
export interface Endpoint {
  readonly protocol: Protocol
  /** An earlier response is asked for again: `GET …/responses/{id}`. */
  readonly retrieves: boolean
}

const endpoint = /\/(messages|responses|chat\/completions)(?:\/([^/]+))?\/?$/
const thread = /\/threads\/[^/]+\/messages\/?$/

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
  const [, name, id] = endpoint.exec(path) ?? []
  if (name === undefined || (id !== undefined && name !== 'responses') || thread.test(path)) return undefined
  const protocol = name === 'messages' || name === 'responses' ? name : 'chat'
  return { protocol, retrieves: id !== undefined }
}
