import type { Block } from './block.js'
import { fieldKind, fieldValue } from './field.js'
import type { EventFrame } from './frame.js'
import type { Dispatched } from './parse.js'

/** A frame of a block that dispatches something. */
export function eventFrame(
  block: Block,
  dispatched: Pick<Dispatched, 'event' | 'data'>,
  rest: Pick<EventFrame, 'value' | 'raw' | 'lastEventId'> & Partial<EventFrame>,
): EventFrame {
  return {
    kind: 'event',
    number: block.number,
    offset: block.offset,
    raw: rest.raw,
    event: dispatched.event,
    data: dispatched.data,
    lastEventId: rest.lastEventId,
    value: rest.value,
    plain: rest.plain ?? block.keptLines === 0,
    cut: rest.cut ?? false,
    body: rest.body,
  }
}

/** The `id:` of a block that dispatches nothing, which the parser does not tell; undefined where it has none that counts. */
export function loneId(block: Block): string | undefined {
  if (block.keptLines === 0) return undefined
  let id: string | undefined
  for (const line of block.text.split(/\r\n|\n|\r/)) {
    if (fieldKind(line, 0, line.length) !== 'id') continue
    const value = fieldValue(line)
    if (!value.includes('\0')) id = value
  }
  return id
}
