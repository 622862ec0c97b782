import { isString, memberOf } from '../defects/shape.js'
import { channels } from './item-types.js'
import type { Part } from './part.js'
import { partKindOf } from './shapes.js'

/**
 * Which of our parts each part of a done, or of the terminal, is: the one at its place where they agree, else one of the same
 * kind that says the same, else the one at its place that says something else of its kind (RE-13).
 */
export function matchParts(ours: readonly Part[], said: readonly unknown[]): (Part | undefined)[] {
  const left = new Set(ours)
  const take = (part: Part | undefined): Part | undefined =>
    part !== undefined && left.delete(part) ? part : undefined
  // Parts that are newer than we are have places as well, and are none of ours.
  const placed = said.map((_, index) =>
    ours.find(({ place }) => (place.content_index ?? place.summary_index) === index),
  )
  const at = (index: number, fits: (own: Part | undefined, part: unknown) => boolean): Part | undefined =>
    take(fits(placed[index], said[index]) ? placed[index] : undefined)
  const agreeing = said.map((_, index) => at(index, goesOn))
  const alike = said.map((part, index) => agreeing[index] ?? take([...left].find((own) => isAlike(own, part))))
  const other = alike.map((own, index) => own ?? at(index, mayDiverge))
  const retyped = other.map((own, index) => own ?? at(index, isRetyped))
  return said.map((part, index) => retyped[index] ?? take([...left].find((own) => isText(own, part))))
}

/** The same text, or something else where the text should be, under a type that we do not know. */
function isRetyped(own: Part | undefined, part: unknown): boolean {
  if (own === undefined || partKindOf(part) !== undefined || own.text === '') return false
  const said = memberOf(part, channels[own.kind].field)
  return said === own.text || (said !== undefined && !isString(said))
}

/** The same text under a type that we do not know, wherever it stands. */
function isText(own: Part, part: unknown): boolean {
  return partKindOf(part) === undefined && own.text !== '' && textOf(own, part) === own.text
}

function goesOn(own: Part | undefined, part: unknown): boolean {
  if (own === undefined || partKindOf(part) !== own.kind) return false
  const said = textOf(own, part)
  return own.textDone ? said === own.text : said.startsWith(own.text)
}

function isAlike(own: Part, part: unknown): boolean {
  return partKindOf(part) === own.kind && own.text !== '' && textOf(own, part) === own.text
}

/** What is done and empty cannot be told any more: it is not what the upstream now says in its place. */
function mayDiverge(own: Part | undefined, part: unknown): boolean {
  return own !== undefined && partKindOf(part) === own.kind && !(own.textDone && own.text === '')
}

function textOf({ kind }: Part, part: unknown): string {
  const text = memberOf(part, channels[kind].field)
  return isString(text) ? text : ''
}
