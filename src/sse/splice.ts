/** The text with another JSON text in the place of a top-level member; undefined where there is no such member. */
export function spliceMember(text: string, name: string, json: string): string | undefined {
  const quoted = `"${name}"`
  let memberFrom = 0
  let colon = 0
  let spliced: string | undefined
  // The last member of a name is the one that `JSON.parse` takes.
  eachMark(text, (at, depth) => {
    const mark = text[at]
    if (depth !== 1 || mark === '[' || mark === ']') return false
    if (mark === ':') colon = at
    else {
      if (text.slice(memberFrom, colon).trim() === quoted) {
        const value = text.slice(colon + 1, at)
        const [before = ''] = /^\s*/.exec(value) ?? []
        spliced = text.slice(0, colon + 1) + before + json + value.slice(value.trimEnd().length) + text.slice(at)
      }
      memberFrom = at + 1
    }
    return false
  })
  return spliced
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
