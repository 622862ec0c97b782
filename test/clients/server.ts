import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const PIECE = 16 * 1024

/** A gateway on loopback that answers every request with status 200 and the bytes registered for its route. */
export interface Gateway {
  /** Registers one body and returns the base URL under which any path answers with it: the same one for the same bytes. */
  serve(body: Uint8Array): string
  close(): Promise<void>
}

/**
 * Starts one gateway for a whole test file: a route per body costs nothing, a server per body would cost seconds.
 *
 * Bodies leave in pieces of 16 KiB, and a short one in a single write, as a proxy with a small buffer sends them.
 */
export async function startGateway(): Promise<Gateway> {
  const bodies: Uint8Array[] = []
  const routes = new Map<string, number>()
  const server = createServer((request, response) => {
    // The request is read to its end, so that the connection can be used again.
    request.resume()
    request.once('end', () => {
      const body = bodies[Number(request.url?.split('/')[1])]
      response.writeHead(body ? 200 : 404, { 'content-type': 'text/event-stream; charset=utf-8' })
      for (let at = 0; body && at < body.length; at += PIECE) response.write(body.subarray(at, at + PIECE))
      response.end()
    })
  })
  // On a busy machine a client may wait longer between two requests than the five seconds that a server keeps a connection.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    serve(body) {
      const key = createHash('sha256').update(body).digest('hex')
      const route = routes.get(key) ?? bodies.push(body) - 1
      routes.set(key, route)
      return `http://127.0.0.1:${port}/${route}`
    },
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}
