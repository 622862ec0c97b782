/** The status and headers of a response that is made in the place of another. */
export interface Dress {
  readonly status: number
  readonly statusText: string
  readonly headers: Headers
}

const nullBodies = new Set([204, 205])

/** What a response looked like, without what no longer holds for another body: its length, and how it was packed. */
export function dressOf(response: Response): Dress {
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  headers.delete('content-encoding')
  // A status that forbids a body could not tell that nothing came.
  if (nullBodies.has(response.status)) return { status: 200, statusText: 'OK', headers }
  return { status: response.status, statusText: response.statusText, headers }
}

/** Changes a status, and takes away what was said about sending the request again under the old one (D-72). */
export function restatused({ headers }: Dress, status: number, statusText: string): Dress {
  for (const name of ['x-should-retry', 'retry-after', 'retry-after-ms']) headers.delete(name)
  return { status, statusText, headers }
}

/** Makes a response that answers to the same address as the one it stands for. */
export function responseLike(original: Response, body: BodyInit | null, dress: Dress): Response {
  const response = new Response(body, dress)
  const { url, redirected, type } = original
  const clone = () => responseLike(original, Response.prototype.clone.call(response).body, dress)
  for (const [name, value] of Object.entries({ url, redirected, type, clone })) {
    Object.defineProperty(response, name, { value, configurable: true })
  }
  return response
}
