import { createParser, type EventSourceMessage } from 'eventsource-parser'

/** What one block dispatches. */
export interface Dispatched {
  readonly event: string | undefined
  readonly data: string
  /** The `id:` of this block; undefined where it has none, or none that counts. */
  readonly id: string | undefined
}

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
    message = undefined
    parser.feed(block)
    const { event, data, id } = (message as EventSourceMessage | undefined) ?? { data: undefined }
    return data === undefined ? undefined : { event, data, id }
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
