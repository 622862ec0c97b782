import type { Code } from '../../src/defects/codes.js'
import type { Defect, Observation, Repair, Report } from '../../src/defects/types.js'
import { createPipeline, type EndReason, type NormalizeOptions } from '../../src/index.js'
import { type Frames, textOf } from './stream.js'

/** A defect in one line: what, what was done, in which frame, and the path where there is one. */
/** The codes that a messages stream can have: all of them times everything else is more than TypeScript spells out. */
type MessagesCode = Exclude<Code, `responses/${string}` | `chat/${string}`>

export type DefectLine = `${MessagesCode} ${Repair} @${number}` | `${MessagesCode} ${Repair} @${number} ${string}`
/** An observation in one line. */
export type ObservationLine = `${MessagesCode} @${number}` | `${MessagesCode} @${number} ${string}`

/** What came out of one stream. */
export interface Outcome {
  readonly output: string
  readonly defects: readonly DefectLine[]
  readonly observations: readonly ObservationLine[]
  readonly report: Report
}

export type Options = Partial<NormalizeOptions>

/**
 * Runs a stream through the whole pipeline.
 *
 * @param chunk how many bytes are pushed at a time; left out, all of them.
 */
export function conform(
  upstream: Frames | Uint8Array,
  options: Options = {},
  end: EndReason = 'eof',
  chunk?: number,
): Outcome {
  const bytes = upstream instanceof Uint8Array ? upstream : new TextEncoder().encode(textOf(upstream))
  const defects: DefectLine[] = []
  const observations: ObservationLine[] = []
  const parts: Uint8Array[] = []
  let drawn = 0
  const pipeline = createPipeline({
    protocol: 'messages',
    newId: () => String(++drawn),
    onDefect: (defect) => void defects.push(defectLine(defect)),
    onObservation: (observation) => void observations.push(observationLine(observation)),
    ...options,
  })
  const emit = (part: Uint8Array): void => void parts.push(part.slice())
  const size = chunk ?? bytes.length
  for (let at = 0; at < bytes.length; at += size) pipeline.push(bytes.slice(at, at + size), emit)
  pipeline.end(end, emit)
  return { output: Buffer.concat(parts).toString('utf8'), defects, observations, report: pipeline.report() }
}

function defectLine({ code, action, frame, path }: Defect): DefectLine {
  const known = code as MessagesCode
  return path === undefined ? `${known} ${action} @${frame}` : `${known} ${action} @${frame} ${path}`
}

function observationLine({ code, frame, path }: Observation): ObservationLine {
  const known = code as MessagesCode
  return path === undefined ? `${known} @${frame}` : `${known} @${frame} ${path}`
}

/** What a report must hold where these lines were heard: one entry for each code, in order, with its count and its first line. */
export function tallied(lines: readonly string[]): { code: string; count: number; first: string }[] {
  const tallies = new Map<string, { code: string; count: number; first: string }>()
  for (const line of lines) {
    const code = line.slice(0, line.indexOf(' '))
    const tally = tallies.get(code)
    if (tally === undefined) tallies.set(code, { code, count: 1, first: line })
    else tally.count++
  }
  return [...tallies.values()]
}

/** The tallies of a report, written likewise. */
export function talliesOf(report: Report): { defects: unknown; observations: unknown } {
  return {
    defects: report.defects.map(({ code, count, first }) => ({ code, count, first: defectLine(first) })),
    observations: report.observations.map(({ code, count, first }) => ({ code, count, first: observationLine(first) })),
  }
}
