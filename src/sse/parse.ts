import { createParser, type EventSourceMessage } from 'eventsource-parser'

/** What one block dispatches; its `id` is undefined where it has none, or none that counts. */
export type Dispatched = Readonly<EventSourceMessage>

/**
 * A reader of single blocks. Each block is fed whole and with its blank line, which avoids what differs between the majors
 * 3 and 4 of eventsource-parser (a last CR, a second byte order mark) and their quadratic cases.
 */
export function createBlockReader(): (block: string) => Dispatched | undefined {
  let message: EventSourceMessage | undefined
  const parser = createParser({
    onEvent: (event) => {
      message = event
    },
  })
  // The parser takes a byte order mark off what it is fed first; the slicer has done so already, and only once.
  parser.feed('\n')
  return (block) => {
    parser.feed(block)
    const read = message
    // A big one is not to be kept until the next one comes.
    message = undefined
    return read
  }
}

/** `JSON.parse`, with undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
