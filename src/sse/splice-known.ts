const typeFirst = /^\{"type":"[\w.:-]*",/

/**
 * The text of a flat JSON object with another value in the place of a member, or with the member put behind the type, or in front, where there is none.
 *
 * Works only where the place is beyond doubt: an unescaped quote cannot stand inside a JSON string, so the quoted name is found
 * by a plain search. It must occur once, with the old value behind it.
 *
 * @param before the value that the member has; undefined where it is absent.
 * @returns undefined where the text must be written anew.
 */
export function spliceKnown(text: string, name: string, before: unknown, after: string | number): string | undefined {
  const key = `"${name}"`
  const at = text.indexOf(key)
  if (before === undefined) {
    if (at !== -1 || !text.startsWith('{"')) return undefined
    // Behind the type, where that comes first, for those who read the stream.
    const from = typeFirst.exec(text)?.[0].length ?? 1
    return `${text.slice(0, from)}${key}:${JSON.stringify(after)},${text.slice(from)}`
  }
  if (at === -1 || text.indexOf(key, at + key.length) !== -1) return undefined
  let from = at + key.length
  while (text[from] === ' ' || text[from] === ':') from++
  const old = JSON.stringify(before)
  if (!text.startsWith(old, from)) return undefined
  const to = from + old.length
  const next = text[to]
  if (next !== ',' && next !== '}' && next !== ' ') return undefined
  return text.slice(0, from) + JSON.stringify(after) + text.slice(to)
}
