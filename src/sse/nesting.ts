/** Whether a parsed value is nested deeper than a limit, found without recursion: `JSON.stringify` would lean on the stack. */
export function nestedDeeper(value: unknown, limit: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    const inner: unknown[] = []
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue
      if (depth >= limit) return true
      for (const member of Array.isArray(one) ? (one as unknown[]) : Object.values(one)) {
        if (typeof member === 'object' && member !== null) inner.push(member)
      }
    }
    level = inner
  }
  return false
}
