import type { Readable, Writable } from 'node:stream'
import picocolors from 'picocolors'
import type { Colors } from '../replay/index.js'

/** Everything a command touches besides files. Tests give streams of their own; `main` gives those of the process. */
export interface Terminal {
  /** The arguments behind `sse-conform`. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Readable
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable & { readonly isTTY?: boolean }
  /** Gives stdout's reader its end of file while the process lives on; by default `stdout.end()` does. */
  readonly closeStdout?: () => void
  /** How much of standard input is read behind the terminal, and for how long; by default 64 KiB and one second. */
  readonly drain?: Drain
}

/** How long a shell goes on reading behind the terminal. */
export interface Drain {
  readonly bytes: number
  readonly milliseconds: number
}

/**
 * The colour functions for one of the two output streams: on where it is a terminal; `NO_COLOR` switches them off and
 * `FORCE_COLOR` on, in that order.
 */
export function colorsFor(stream: { readonly isTTY?: boolean }, env: Terminal['env']): Colors {
  return picocolors.createColors(wantsColor(stream, env))
}

function wantsColor(stream: { readonly isTTY?: boolean }, env: Terminal['env']): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env as Record<'NO_COLOR' | 'FORCE_COLOR' | 'TERM', string | undefined>
  // An empty value counts as not set (no-color.org).
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return stream.isTTY === true && TERM !== 'dumb'
}
