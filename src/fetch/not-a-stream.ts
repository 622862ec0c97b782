import { toBytes, toText } from '../sse/bytes.js'

/** The sentence with which each machine ends what is no event stream (D-6). */
const sentence = 'The upstream answered with something that is not an event stream.'

/** What is told of an answer that is none: its status, and whether it is a page. Never anything of the page. */
function notAStream(status: number, markup: boolean): string {
  const what = markup ? 'an HTML page, perhaps of a login or a proxy,' : 'something that is not an event stream'
  return `The upstream answered with ${what} ${markup ? 'instead of an event stream ' : ''}(HTTP ${status}).`
}

/**
 * Writes what only the shell knows into the ending that a machine made.
 *
 * @param output an ending: nothing of the upstream is in it where the end state is `not-a-stream`.
 */
export function explain(output: Uint8Array, status: number, markup: boolean): Uint8Array {
  return toBytes(toText(output).replaceAll(sentence, notAStream(status, markup)))
}
