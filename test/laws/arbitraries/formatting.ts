import fc from 'fast-check'
import type { JsonObject } from '../stream-event.js'
import type { Draft } from './draft.js'

/** The legal freedom in writing frames: line ends, comments, blank lines, padding. */
export interface Formatting {
  readonly lineEnd: '\n' | '\r\n'
  /** One number a frame, used round and round; its bits choose. 0 is the plainest frame. */
  readonly frames: readonly number[]
}

/** The plainest legal writing. */
export const plain: Formatting = { lineEnd: '\n', frames: [0] }

/** Any legal writing. */
export const formattings: fc.Arbitrary<Formatting> = fc.record({
  lineEnd: fc.constantFrom('\n', '\r\n'),
  frames: fc.oneof(fc.constant([0]), fc.array(fc.nat(1023), { minLength: 1, maxLength: 24 })),
})

/** Where one frame lies in the written stream. */
interface Placed {
  readonly start: number
  /** Behind the last byte of the JSON: a stream cut here holds the whole event. */
  readonly dataEnd: number
  readonly end: number
}

export interface Written {
  readonly bytes: Uint8Array
  readonly frames: readonly Placed[]
}

const encoder = new TextEncoder()

/** Writes drafts as bytes. */
export function write(list: readonly Draft[], formatting: Formatting): Written {
  const eol = formatting.lineEnd
  let text = ''
  const marks: [number, number, number][] = []
  let joinedTo = ''
  list.forEach((draft, number) => {
    const style = formatting.frames[number % formatting.frames.length] ?? 0
    const start = text.length
    const next = list[number + 1]
    const joins = typeof next?.data === 'object' && next.writing !== 'dataless'
    if (draft.writing === 'joined' && typeof draft.data !== 'string' && joins) {
      // The JSON of this frame waits for the next frame's data line.
      joinedTo += json(draft.data)
      marks.push([start, start, start])
      return
    }
    const frame = lines({ ...draft, ...(joinedTo === '' ? {} : { data: joinedTo + json(draft.data) }) }, style)
    joinedTo = ''
    text += frame.lines.map((line) => line + eol).join('')
    const dataEnd = text.length - frame.behindData * eol.length - frame.behind
    if (draft.writing !== 'glued') text += eol
    marks.push([start, dataEnd, text.length])
  })
  return { bytes: encoder.encode(text), frames: places(text, marks) }
}

/** The lines of one frame, without the blank line, and how much of them stands behind the JSON. */
function lines(draft: Draft, style: number): { lines: string[]; behindData: number; behind: number } {
  const { event, data, writing } = draft
  const out: string[] = []
  if (style & 1) out.push(': keep-alive', '')
  if (style & 2) out.push('')
  if (style & 4) out.push(':inside')
  const space = style & 8 ? '' : ' '
  const name = event === undefined || writing === 'nameless' ? [] : [`event:${space}${event}`]
  if (writing === 'dataless') return { lines: [...out, ...name], behindData: 1, behind: 0 }
  // Who writes the field name twice writes one line of JSON.
  const body = dataLines(data, writing === 'doubled' ? 0 : style >> 4, space)
  if (writing === 'bare') return { lines: [...out, json(data)], behindData: 1, behind: 0 }
  if (writing === 'doubled') body[0] = `data: ${body[0]}`
  if (writing === 'error-field') return { lines: [...out, `error: ${json(data)}`], behindData: 1, behind: 0 }
  if (writing === 'split') return { lines: [...out, ...name, ...split(json(data), name)], behindData: 1, behind: 0 }
  const tail = style & 256 ? ['id: 7', ': behind'] : []
  const late = (style & 512) !== 0 && writing === 'plain'
  const all = late ? [...out, ...body, ...name, ...tail] : [...out, ...name, ...body, ...tail]
  const behindLines = late ? [...name, ...tail] : tail
  return {
    lines: writing === 'indented' ? all.map((line) => (line === '' ? '' : `  ${line}`)) : all,
    behindData: 1 + behindLines.length,
    behind: behindLines.reduce((length, line) => length + line.length, 0),
  }
}

function split(text: string, name: readonly string[]): string[] {
  // UTF-8 has no half of a pair.
  const middle = (text.length >> 1) + (/[\udc00-\udfff]/.test(text[text.length >> 1] ?? '') ? 1 : 0)
  return [`data: ${text.slice(0, middle)}`, '', ...name, `data: ${text.slice(middle)}`]
}

function dataLines(data: JsonObject | string, style: number, space: string): string[] {
  if (typeof data === 'string') return [`data:${space}${data}`]
  switch (style & 7) {
    case 1: // vendors pad before the closing brace (FINDINGS A7)
      return [`data:${space}${json(data).slice(0, -1)}    }`]
    case 2:
      return [`data:${space}${JSON.stringify(data, null, 2).replaceAll('\n', ' ')}`]
    case 3: // one JSON over several data lines
      return JSON.stringify(data, null, 1)
        .split('\n')
        .map((line) => `data:${space}${line}`)
    default:
      return [`data:${space}${json(data)}`]
  }
}

function json(data: JsonObject | string): string {
  return typeof data === 'string' ? data : JSON.stringify(data)
}

/** Turns places in the text into places in its UTF-8 bytes, in one walk. */
function places(text: string, marks: readonly (readonly [number, number, number])[]): Placed[] {
  let seen = 0
  let bytes = 0
  const at = (position: number): number => {
    bytes += Buffer.byteLength(text.slice(seen, position))
    seen = position
    return bytes
  }
  return marks.map(([start, dataEnd, end]) => ({ start: at(start), dataEnd: at(dataEnd), end: at(end) }))
}
