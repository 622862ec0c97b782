/** The text with another JSON text in the place of a top-level member; undefined where there is no such member. */
export function spliceMember(text: string, name: string, json: string): string | undefined {
  const range = memberRange(text, name)
  return range === undefined ? undefined : text.slice(0, range.from) + json + text.slice(range.to)
}

/** Where the value of a top-level member stands: of the last one of that name, which is the one `JSON.parse` takes. */
export function memberRange(text: string, name: string): { from: number; to: number } | undefined {
  let memberFrom = 0
  let colon = 0
  let range: { from: number; to: number } | undefined
  eachMark(text, (at, depth) => {
    const mark = text[at]
    if (depth !== 1 || mark === '[' || mark === ']') return false
    if (mark === ':') colon = at
    else {
      if (text.slice(memberFrom, colon).trim() === `"${name}"`) {
        const to = text.slice(0, at).trimEnd().length
        range = { from: to - text.slice(colon + 1, to).trimStart().length, to }
      }
      memberFrom = at + 1
    }
    return false
  })
  return range
}

/** Whether JSON text is nested deeper than a limit. */
export function deeperThan(text: string, limit: number): boolean {
  return eachMark(text, (_at, depth) => depth > limit)
}

/**
 * Visits the braces, brackets, colons and commas of JSON text that stand outside its strings, until the visitor says true.
 *
 * @param visit takes the position of a mark and how deep it lies; an opening or closing one lies inside what it encloses.
 */
function eachMark(text: string, visit: (at: number, depth: number) => boolean): boolean {
  const marks = /["{}[\]:,]/g
  let depth = 0
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    const [mark] = found
    if (mark === '"') {
      marks.lastIndex = stringEnd(text, found.index)
      continue
    }
    if (mark === '{' || mark === '[') depth++
    if (visit(found.index, depth)) return true
    if (mark === '}' || mark === ']') depth--
  }
  return false
}

function stringEnd(text: string, from: number): number {
  const marks = /["\\]/g
  marks.lastIndex = from + 1
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    if (found[0] === '"') return marks.lastIndex
    marks.lastIndex++
  }
  return text.length
}
