import { diffArrays } from 'diff'
import { splitFrames } from './chunkings.js'

/** One line of a diff: `-` only in what was expected, `+` only in what came out, a blank in both, `…` left out. */
export interface DiffLine {
  readonly mark: ' ' | '-' | '+' | '…'
  readonly text: string
}

const CONTEXT_FRAMES = 1
const MOST_FRAMES = 20
const LINE_WIDTH = 160
// Beyond this many differing frames the edit script costs more than it tells.
const MOST_EDITS = 400

/**
 * Compares two streams frame by frame. Frames that are alike are left out but for one on each side of a change; long
 * lines are cut around the place where they differ, and only the first frames that differ are shown.
 *
 * @param expected the bytes that should have come out
 * @param actual the bytes that did
 * @returns the lines to show; empty where the two are equal
 * @example
 * for (const { mark, text } of diffFrames(expected, actual)) console.log(`${mark} ${text}`)
 */
export function diffFrames(expected: Uint8Array, actual: Uint8Array): DiffLine[] {
  const runs = runsOf(frameTexts(expected), frameTexts(actual))
  const lines: DiffLine[] = []
  let shown = 0
  let unshown = 0
  for (const [at, run] of runs.entries()) {
    if (run.kind === 'alike') {
      if (unshown === 0) lines.push(...contextLines(run.both, at === 0, at === runs.length - 1))
      continue
    }
    const frames = Math.max(run.removed.length, run.added.length)
    for (let index = 0; index < frames; index++) {
      if (shown === MOST_FRAMES) {
        unshown += frames - index
        break
      }
      shown++
      lines.push(...changedFrame(run.removed[index], run.added[index]))
    }
  }
  if (unshown > 0) lines.push({ mark: '…', text: `${count(unshown, 'more frame')} that differ` })
  return lines
}

/**
 * Where two streams part, in numbers alone: for reports, which hold no content.
 *
 * @returns the first frame (counted from 1) and byte (from 0) that differ, or undefined where the two are equal
 * @example
 * firstDifference(encode('data: 1\n\ndata: 2\n\n'), encode('data: 1\n\ndata: 3\n\n')) // { frame: 2, byte: 15 }
 */
export function firstDifference(expected: Uint8Array, actual: Uint8Array): { frame: number; byte: number } | undefined {
  const shorter = Math.min(expected.length, actual.length)
  let byte = 0
  while (byte < shorter && expected[byte] === actual[byte]) byte++
  if (byte === shorter && expected.length === actual.length) return undefined
  let frame = 0
  let end = 0
  for (const bytes of splitFrames(expected)) {
    if (end > byte) break
    end += bytes.length
    frame++
  }
  return { frame: end > byte ? frame : frame + 1, byte }
}

type Run =
  | { readonly kind: 'alike'; readonly both: readonly string[] }
  | { readonly kind: 'changed'; readonly removed: readonly string[]; readonly added: readonly string[] }

// Of frames, and within two frames of lines.
function runsOf(expected: string[], actual: string[]): Run[] {
  const changes = diffArrays(expected, actual, { maxEditLength: MOST_EDITS })
  if (changes === undefined) return [{ kind: 'changed', removed: expected, added: actual }]
  const runs: Run[] = []
  let removed: string[] = []
  for (const [at, change] of changes.entries()) {
    if (change.removed) {
      removed = change.value
      if (changes[at + 1]?.added) continue
    }
    if (change.removed || change.added) {
      runs.push({ kind: 'changed', removed, added: change.added ? change.value : [] })
      removed = []
    } else {
      runs.push({ kind: 'alike', both: change.value })
    }
  }
  return runs
}

function contextLines(frames: readonly string[], first: boolean, last: boolean): DiffLine[] {
  if (first && last) return []
  const before = first ? 0 : Math.min(CONTEXT_FRAMES, frames.length)
  const after = last ? 0 : Math.min(CONTEXT_FRAMES, frames.length - before)
  const between = frames.length - before - after
  return [
    ...frames.slice(0, before).flatMap((frame) => wholeFrame(' ', frame)),
    ...(between > 0 ? [{ mark: '…', text: `${count(between, 'frame')} alike` } as const] : []),
    ...frames.slice(frames.length - after).flatMap((frame) => wholeFrame(' ', frame)),
  ]
}

function wholeFrame(mark: DiffLine['mark'], frame: string): DiffLine[] {
  return textLines(frame).map((line) => ({ mark, text: visible(line, 0, mark !== ' ') }))
}

// The lines of two frames that stand in each other's place are compared one by one, so that an `event:` line that is
// the same in both is not shown twice.
function changedFrame(removed: string | undefined, added: string | undefined): DiffLine[] {
  if (removed === undefined || added === undefined) {
    return removed === undefined ? wholeFrame('+', added ?? '') : wholeFrame('-', removed)
  }
  return runsOf(textLines(removed), textLines(added)).flatMap((run) =>
    run.kind === 'alike'
      ? run.both.map((line) => ({ mark: ' ' as const, text: visible(line, 0, false) }))
      : changedLines(run.removed, run.added),
  )
}

function changedLines(removed: readonly string[], added: readonly string[]): DiffLine[] {
  const lines: DiffLine[] = []
  for (let at = 0; at < Math.max(removed.length, added.length); at++) {
    const [old, now] = [removed[at], added[at]]
    const parting = old === undefined || now === undefined ? 0 : partingOf(old, now)
    if (old !== undefined) lines.push({ mark: '-', text: visible(old, parting, true) })
    if (now !== undefined) lines.push({ mark: '+', text: visible(now, parting, true) })
  }
  return lines
}

function partingOf(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at
}

/** One line as a person can read it: line ends other than LF, and control characters, are written out. */
function visible(line: string, parting: number, changed: boolean): string {
  if (line === '\n') return changed ? '(blank line)' : ''
  const body = line.endsWith('\n') ? line.slice(0, -1) : line
  const ended = body !== line || line.endsWith('\r')
  const start = parting > LINE_WIDTH / 2 && body.length > LINE_WIDTH ? parting - Math.floor(LINE_WIDTH / 4) : 0
  const end = Math.min(body.length, start + LINE_WIDTH)
  const text = body.slice(start, end).replaceAll(/\p{Cc}/gu, escapeControl)
  const left = start > 0 ? '…' : ''
  const right = end < body.length ? `… (${count(body.length - end, 'more character')})` : ''
  return `${left}${text}${right}${ended || !changed ? '' : ' (no line end)'}`
}

function escapeControl(character: string): string {
  return character === '\r' ? '\\r' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function textLines(frame: string): string[] {
  return frame.split(/(?<=\n|\r(?!\n))/)
}

// Replacement characters would make two different broken bytes look the same, so frames that are not UTF-8 are shown
// as Latin-1, byte for byte.
function frameTexts(bytes: Uint8Array): string[] {
  return splitFrames(bytes).map((frame) => {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(frame)
    return text.includes('\ufffd') ? Buffer.from(frame).toString('latin1') : text
  })
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}
