import type { JsonObject } from '../defects/protocol.js'
import type { EventFrame } from '../sse/frame.js'
import { madeFrame } from '../sse/made.js'
import type { Context } from './context.js'
import type { Item } from './item.js'

/** Has an event wait with its item: for the name of a call, or for what a blank done may still be followed by (D-45). */
export function hold({ held }: Context, item: Item, frame: EventFrame): void {
  item.held.push(frame)
  held.add(frame.raw.length)
}

/** Takes out what waits with an item. */
export function letGo({ held }: Context, item: Item): readonly EventFrame[] {
  const frames = item.held.splice(0)
  for (const frame of frames) held.remove(frame.raw.length)
  return frames
}

/** What waited, with what has been learned since. */
export function restatedMember(frame: EventFrame, name: string, member: unknown): EventFrame {
  const value = { ...(frame.value as JsonObject), [name]: member }
  const made = madeFrame(value as JsonObject & { type: string }, frame)
  return { ...made, event: frame.event, lastEventId: frame.lastEventId }
}
