/**
 * Finds a top-level member of a JSON object in its text, so that a new value can be put in place without writing the rest anew.
 *
 * @returns the range of the last member of that name (which is the one `JSON.parse` takes), or undefined.
 */
export function memberRange(text: string, name: string): { from: number; to: number } | undefined {
  let found: { from: number; to: number } | undefined
  let depth = 0
  let i = 0
  while (i < text.length) {
    const c = text.charCodeAt(i)
    if (c === 34) {
      const end = stringEnd(text, i)
      if (depth === 1 && text.slice(i + 1, end - 1) === name) {
        const colon = skipBlanks(text, end)
        if (text.charCodeAt(colon) === 58) {
          const from = skipBlanks(text, colon + 1)
          const to = valueEnd(text, from)
          found = { from, to }
          i = to
          continue
        }
      }
      i = end
    } else {
      if (c === 123 || c === 91) depth++
      else if (c === 125 || c === 93) depth--
      i++
    }
  }
  return found
}

/** The text with another JSON text in the place of a top-level member; undefined where there is no such member. */
export function spliceMember(text: string, name: string, json: string): string | undefined {
  const at = plainMember(text, name)
  if (at !== undefined) return text.slice(0, at.from) + json + text.slice(at.to)
  const range = memberRange(text, name)
  return range === undefined ? undefined : text.slice(0, range.from) + json + text.slice(range.to)
}

/** Whether JSON text is nested deeper than a limit. */
export function deeperThan(text: string, limit: number): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 34) i = stringEnd(text, i) - 1
    else if (c === 123 || c === 91) {
      if (++depth > limit) return true
    } else if (c === 125 || c === 93) depth--
  }
  return false
}

function stringEnd(text: string, from: number): number {
  for (let i = text.indexOf('"', from + 1); i !== -1; i = text.indexOf('"', i + 1)) {
    let slashes = 0
    while (text.charCodeAt(i - 1 - slashes) === 92) slashes++
    if (slashes % 2 === 0) return i + 1
  }
  return text.length
}

function skipBlanks(text: string, from: number): number {
  let i = from
  for (let c = text.charCodeAt(i); c === 32 || c === 10 || c === 13 || c === 9; c = text.charCodeAt(++i));
  return i
}

function valueEnd(text: string, from: number): number {
  if (text.charCodeAt(from) === 34) return stringEnd(text, from)
  let depth = 0
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 34) i = stringEnd(text, i) - 1
    else if (c === 123 || c === 91) depth++
    else if (c === 125 || c === 93) {
      if (depth === 0) return trimEnd(text, from, i)
      if (--depth === 0) return i + 1
    } else if (c === 44 && depth === 0) return trimEnd(text, from, i)
  }
  return text.length
}

function trimEnd(text: string, from: number, to: number): number {
  let end = to
  while (end > from && text.charCodeAt(end - 1) <= 32) end--
  return end
}

/**
 * The common case without reading the whole text: the name stands there once, in front of every nested value, and its value is
 * a number or a plain string.
 */
function plainMember(text: string, name: string): { from: number; to: number } | undefined {
  const quoted = `"${name}":`
  const at = text.indexOf(quoted)
  if (at < 1 || text.lastIndexOf('{', at) !== 0 || text.lastIndexOf('[', at) !== -1) return undefined
  // Inside a string the quote would have a backslash before it.
  const before = text.charCodeAt(at - 1)
  if (before !== 44 && before !== 123) return undefined
  const from = at + quoted.length
  if (text.indexOf(quoted, from) !== -1) return undefined
  plainValue.lastIndex = from
  return plainValue.test(text) ? { from, to: plainValue.lastIndex } : undefined
}

const plainValue = /-?\d+(?=[,}])|"[^"\\]*"(?=[,}])|null(?=[,}])/y
