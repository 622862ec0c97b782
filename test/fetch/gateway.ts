import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** Answers one request; `body` is what it sent. */
export type Handler = (response: ServerResponse, request: IncomingMessage, body: string) => void

/** A gateway on loopback that misbehaves as it is told, one route per behaviour. */
export interface MisbehavingGateway {
  /** Registers a behaviour and returns the address under which any path gets it. */
  route(handler: Handler): string
  /** How many connections were opened so far. */
  readonly connections: number
  /** How many are open now. */
  readonly open: number
  close(): Promise<void>
}

export async function startMisbehavingGateway(): Promise<MisbehavingGateway> {
  const handlers: Handler[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => {
      body += text
    })
    request.once('end', () => handlers[Number(request.url?.split('/')[1])]?.(response, request, body))
    // What the client does to the connection is what these tests are about.
    response.on('error', () => {})
  })
  server.on('connection', (socket) => {
    connections++
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 2048, resolve))
  const { port } = server.address() as AddressInfo
  return {
    route: (handler) => `http://127.0.0.1:${port}/${handlers.push(handler) - 1}`,
    get connections() {
      return connections
    },
    get open() {
      return sockets.size
    },
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

/** A behaviour: a status, headers and a whole body. */
export function answering(
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = { 'content-type': 'text/event-stream' },
  status = 200,
): Handler {
  return (response) => {
    response.writeHead(status, headers)
    response.end(body)
  }
}

/** Resolves once a condition holds; the test's own time limit ends the wait. */
export async function until(holds: () => boolean, every = 2): Promise<void> {
  while (!holds()) await new Promise<void>((resolve) => setTimeout(resolve, every))
}
