import { createParser } from 'eventsource-parser'

/** Reads the events of a normalised stream with the parser that clients use; an ending that is no JSON is left out. */
export function streamEvents(stream: Uint8Array): unknown[] {
  const events: unknown[] = []
  const onEvent = ({ data }: { data: string }) => {
    if (data !== '[DONE]') events.push(JSON.parse(data))
  }
  createParser({ onEvent }).feed(new TextDecoder().decode(stream))
  return events
}
