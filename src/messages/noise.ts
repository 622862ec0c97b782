import type { EventFrame, Frame } from '../sse/frame.js'
import type { Context } from './context.js'
import { type Meaning, typed, typeOf } from './intake.js'

// Comments, pings and events that are not ours to read: they keep their place, behind what is held (D-21).

export function isNoise(meaning: Meaning): boolean {
  return meaning === 'comment' || meaning === 'ping' || meaning === 'newer' || meaning === 'foreign'
}

export function takeNoise(context: Context, frame: Frame, meaning: Meaning): void {
  const { unknownEvents } = context.options
  if (meaning === 'newer' ? unknownEvents === 'drop' : meaning === 'foreign' && unknownEvents !== 'pass') {
    context.reporter.defect('messages/unknown-event-type', 'dropped', frame)
  } else if (context.tail.holds) context.tail.behind(frame, () => send(context, frame))
  else queue(context, frame)
}

/** Sends it behind the blocks that wait. */
function queue(context: Context, frame: Frame): void {
  if (!context.turns.behind(frame, () => queue(context, frame))) send(context, frame)
}

function send(context: Context, frame: Frame): void {
  const { writer } = context
  const type = frame.kind === 'event' ? typeOf(frame) : undefined
  if (type === undefined) writer.pass(frame)
  else writer.send(typed(context, frame as EventFrame), type)
}
