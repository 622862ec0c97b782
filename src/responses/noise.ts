import type { EventFrame } from '../sse/frame.js'
import type { Context } from './context.js'
import { typed, typeOf } from './intake.js'

/** Events that are not ours to read, comments apart: what is newer than we are passes in its place (D-41, D-51). */
export function takeNoise(context: Context, frame: EventFrame, meaning: 'newer' | 'foreign'): void {
  const { writer, reporter, options, resumed, opening } = context
  const { unknownEvents } = options
  const type = typeOf(frame)
  if (meaning === 'newer' ? unknownEvents === 'drop' : unknownEvents !== 'pass' || type === undefined) {
    reporter.defect('responses/unknown-or-keepalive-events', 'dropped', frame)
  } else if (!writer.started && !resumed) opening.wait(frame)
  else if (type !== undefined) writer.send(typed(context, frame), type)
}
