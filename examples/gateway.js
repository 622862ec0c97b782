import { createServer } from 'node:http'

/**
 * Starts a gateway on loopback that answers every request in the same wrong way.
 *
 * @param {(response: import('node:http').ServerResponse, request: import('node:http').IncomingMessage) => void} behave
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function startGateway(behave) {
  const server = createServer((request, response) => {
    request.resume().once('end', () => behave(response, request))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Sends a body as an event stream with status 200. */
export function stream(response, body) {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(body)
}

/** Prints what a program got: its text, or the words of the error. */
export async function show(label, run) {
  try {
    console.log(`${label} answer: ${JSON.stringify(await run())}`)
  } catch (error) {
    console.log(`${label} ${error.name}: ${error.message}`)
  }
}
