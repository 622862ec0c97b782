import { registry } from '../defects/registry.js'
import type { Defect, Finding, Observation, Report, Tally } from '../defects/types.js'
import type { Colors } from '../replay/index.js'
import type { HttpOutcome } from './conform.js'

/**
 * A report for people, one line per code: how often, code, title, where first, what was done. Then the end state.
 * It holds no content of the stream.
 */
export function reportLines(report: Report, colors: Colors): string[] {
  const width = Math.max(0, ...[...report.defects, ...report.observations].map(({ count }) => String(count).length))
  const line = (tally: Tally<Defect> | Tally<Observation>, paint: (text: string) => string) =>
    `${String(tally.count).padStart(width)} × ${paint(tally.code)}  ${titleOf(tally)}; ${findingText(tally.first)}; ${actionOf(tally)}`
  const { frames, bytes } = report
  return [
    ...report.defects.map((tally) => line(tally, colors.yellow)),
    ...report.observations.map((tally) => line(tally, colors.dim)),
    `end state ${endStateText(report, colors)} ${colors.dim(
      `(${report.protocol ?? 'framing'}; ${frames.in} frames in, ${frames.out} out; ${bytes.in} bytes in, ${bytes.out} out)`,
    )}`,
  ]
}

/** The end state in the colour of what it means. */
export function endStateText({ endState }: Report, colors: Colors): string {
  return endState === 'complete' ? colors.green(endState) : colors.red(endState)
}

/** What was around the events of a whole response: `HTTP 500 → 400; mended: error-body, status`. */
export function httpText({ status, repairs }: HttpOutcome): string {
  const became = status.in === status.out ? String(status.in) : `${status.in} → ${status.out}`
  return `HTTP ${became}; ${repairs.length === 0 ? 'nothing to mend around the events' : `mended: ${repairs.join(', ')}`}`
}

/** The title of a finding's code. */
export function titleOf({ code }: { readonly code: Finding['code'] }): string {
  return registry[code].title
}

/** What was done about a finding, `observed` where nothing was. */
export function actionOf({ first }: Tally<Defect> | Tally<Observation>): string {
  return 'action' in first ? first.action : 'observed'
}

/** Where a finding was made and what kind of value was there: `first at frame 2, byte 214, index (wanted integer, found string)`. */
export function findingText({ frame, offset, path, wanted, found }: Finding): string {
  const place = frame === 0 ? 'first before any frame' : `first at frame ${frame}, byte ${offset}`
  const kinds = [wanted === undefined ? '' : `wanted ${wanted}`, found === undefined ? '' : `found ${found}`]
  const kind = kinds.filter((text) => text !== '').join(', ')
  return `${place}${path === undefined ? '' : `, ${path}`}${kind === '' ? '' : ` (${kind})`}`
}
