import type { Frame } from '../sse/frame.js'
import type { Context } from './context.js'
import type { Meaning } from './intake.js'

// Comments, pings and objects that are not ours to read: they keep their place, behind what is held.

export function isNoise(meaning: Meaning): boolean {
  return meaning === 'comment' || meaning === 'noise'
}

export function takeNoise({ options, reporter, hold }: Context, frame: Frame, meaning: Meaning): void {
  if (meaning === 'comment' || options.unknownEvents === 'pass') hold.pass(frame)
  else reporter.defect('chat/empty-or-null-frames', 'dropped', frame)
}
