import type { JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { frameText, keptLines } from './encode.js'
import type { EventFrame } from './frame.js'
import { changedFrame } from './frames.js'

/** An event of our own making. */
export type MadeEvent = JsonObject & { readonly type: string }

/** A frame that no upstream frame stands for. */
export function madeFrame(value: MadeEvent, where: Where): EventFrame {
  const data = JSON.stringify(value)
  return {
    kind: 'event',
    number: where.number,
    offset: where.offset,
    raw: frameText(value.type, data),
    event: value.type,
    data,
    lastEventId: '',
    value,
    plain: true,
    cut: false,
    body: undefined,
  }
}

/** The same frame with another event in it. */
export function restatedFrame(
  frame: EventFrame,
  value: JsonObject,
  event: string | undefined = frame.event,
): EventFrame {
  const data = JSON.stringify(value)
  return changedFrame(frame, { event, data, value, raw: frameText(event, data, keptLines(frame)) })
}
