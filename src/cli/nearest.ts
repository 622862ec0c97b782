import { distance } from 'fastest-levenshtein'

/**
 * The name that was probably meant. A name without its family (`bom` for `sse/bom`) is compared with names without theirs.
 *
 * @param typed what stood on the command line
 * @param names what could have stood there
 * @returns undefined where nothing is near enough: a third of the letters may be wrong, two always
 * @example
 * nearest('mesages', ['messages', 'responses', 'chat']) // 'messages'
 */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase()
  let best: string | undefined
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const name of names) {
    const bare = name.slice(name.indexOf('/') + 1)
    const edits = Math.min(
      distance(wanted, name),
      wanted.includes('/') ? Number.POSITIVE_INFINITY : distance(wanted, bare),
    )
    // Fewer letters than edits means that nothing of the word is left.
    if (edits < least && edits < bare.length) {
      best = name
      least = edits
    }
  }
  return best
}

/** The end of an error message about an unknown name: what was probably meant, or nothing. */
export function suggestion(typed: string, names: readonly string[]): string {
  const name = nearest(typed, names)
  return name === undefined ? '' : ` (did you mean ${name}?)`
}
