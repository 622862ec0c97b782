import type { BenchEvent } from './words.js'

/** `event:` line, `data:` line, blank line: what the protocol promises. */
export function* named(events: Iterable<BenchEvent>, end = '\n'): Generator<string> {
  for (const event of events) yield `event: ${event.type}${end}data: ${JSON.stringify(event)}${end}${end}`
}

export function* unnamed(events: Iterable<BenchEvent>): Generator<string> {
  for (const event of events) yield `data: ${JSON.stringify(event)}\n\n`
}

/** No blank line between the frames. The last one has its own, or it would be a defect more. */
export function* glued(events: Iterable<BenchEvent>): Generator<string> {
  for (const event of events) {
    yield `event: ${event.type}\ndata: ${JSON.stringify(event)}\n${isLast(event) ? '\n' : ''}`
  }
}

export function* bare(events: Iterable<BenchEvent>): Generator<string> {
  for (const event of events) yield `data: ${JSON.stringify(event)}\n${isLast(event) ? '\n' : ''}`
}

/** As a Python server writes it, with the blanks at the end that Anthropic hides the length of a token with. */
export function* padded(events: Iterable<BenchEvent>): Generator<string> {
  let i = 0
  for (const event of events) {
    const json = spaced(event)
    yield `event: ${event.type}\ndata: ${json.slice(0, -1)}${' '.repeat(i++ % 9)}}\n\n`
  }
}

/** JSON as Python writes it. */
export function spaced(value: object): string {
  return JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ').replaceAll('{ ', '{').replaceAll(' }', '}')
}

function isLast({ type }: BenchEvent): boolean {
  return type === 'message_stop' || type === 'response.completed'
}
