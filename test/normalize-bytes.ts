import type { Report } from '../src/defects/types.js'
import { createPipeline, type NormalizeOptions } from '../src/index.js'

/**
 * Normalises a whole body in one push and ends it with `eof`. Ids that must be made come from a counter, so that two runs
 * give the same bytes.
 *
 * @example
 * const { output, report } = normalizeBytes(upstream, { emptyText: 'drop' })
 */
export function normalizeBytes(
  bytes: Uint8Array,
  options: Partial<NormalizeOptions> = {},
): { output: Uint8Array; report: Report } {
  let drawn = 0
  const pipeline = createPipeline({ protocol: 'messages', newId: () => String(++drawn), ...options })
  const parts: Uint8Array[] = []
  const emit = (part: Uint8Array) => {
    parts.push(part)
  }
  pipeline.push(bytes, emit)
  pipeline.end('eof', emit)
  return { output: Buffer.concat(parts), report: pipeline.report() }
}
