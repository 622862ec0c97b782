import type { Protocol } from '../defects/types.js'
import type { NormalizeOptions } from '../index.js'
import type { StreamOptions } from './conform.js'

/** The options of a pipeline from those of the command line; ids are counted, so that the same input gives the same output. */
export function pipelineOptions(protocol: Protocol, streams: StreamOptions): NormalizeOptions {
  const { done, resume, reasoning, finishReason, n, tools, includeUsage } = streams
  let drawn = 0
  return {
    protocol,
    done,
    resume,
    reasoning,
    finishReason,
    request: { n, tools, includeUsage },
    newId: () => String(++drawn),
  }
}
