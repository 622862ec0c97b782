import type { Code } from '../../src/defects/codes.js'
import type { Repair, Report } from '../../src/defects/types.js'
import type { EndReason } from '../../src/index.js'
import { conform as conformAny, type Options, talliesOf as talliesOfAny } from '../messages/conform.js'
import type { Frames } from './stream.js'

export { type Options, tallied } from '../messages/conform.js'

/** The codes that a responses stream can have. */
type ResponsesCode = Exclude<Code, `messages/${string}` | `chat/${string}`>

/** A defect in one line: what, what was done, in which frame, and the path where there is one. */
export type DefectLine = `${ResponsesCode} ${Repair} @${number}` | `${ResponsesCode} ${Repair} @${number} ${string}`
/** An observation in one line. */
export type ObservationLine = `${ResponsesCode} @${number}` | `${ResponsesCode} @${number} ${string}`

/** What came out of one stream. */
export interface Outcome {
  readonly output: string
  readonly defects: readonly DefectLine[]
  readonly observations: readonly ObservationLine[]
  readonly report: Report
}

/**
 * Runs a stream through the whole pipeline of `/v1/responses`.
 *
 * @param chunk how many bytes are pushed at a time; left out, all of them.
 */
export function conform(
  upstream: Frames | Uint8Array,
  options: Options = {},
  end: EndReason = 'eof',
  chunk?: number,
): Outcome {
  const { output, defects, observations, report } = conformAny(
    upstream,
    { protocol: 'responses', ...options },
    end,
    chunk,
  )
  return { output, defects: defects as DefectLine[], observations: observations as ObservationLine[], report }
}

export const talliesOf = talliesOfAny

/** One frame as a list of events shows it: an event with its name, or text. */
export type Shown = { readonly event: string | undefined; readonly value: unknown } | string

/** The events of a stream, by which two streams are the same whatever the order of members in their JSON. */
export function eventsOf(text: string): Shown[] {
  return text
    .split(/(?<=\n\n)/)
    .filter((each) => each !== '')
    .map((each) => {
      const found = /^(?:event: (.*)\n)?data: (\{.*\})\n\n$/.exec(each)
      if (found === null) return each
      const [, event, json = ''] = found
      return { event, value: JSON.parse(json) as unknown }
    })
}
