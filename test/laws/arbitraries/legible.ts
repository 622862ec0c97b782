import fc from 'fast-check'

/**
 * Makes a counterexample readable, and ready to be kept: fast-check prints the damage done and the bytes, as text where
 * they are text and in any case as base64, which is what a file under `regressions/` holds.
 */
export function legible<Case extends { readonly bytes: Uint8Array; readonly damages?: readonly string[] }>(
  given: Case,
): Case {
  return Object.defineProperty(given, fc.toStringMethod, {
    value: () => {
      const done = given.damages === undefined ? '' : `damage: ${given.damages.join(', ')}\n`
      const buffer = Buffer.from(given.bytes)
      return `\n${done}${buffer.toString('utf8')}\nbase64: ${buffer.toString('base64')}\n`
    },
  })
}
