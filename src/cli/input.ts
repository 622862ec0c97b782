import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { Failure, systemProblem } from './failure.js'
import type { Terminal } from './terminal.js'

/** A file or standard input, opened. */
export interface Input {
  /** What messages call it. */
  readonly label: string
  /** True where the other end may keep it open for ever: standard input and named pipes. */
  readonly live: boolean
  readonly stream: Readable
}

/**
 * Opens a file, or standard input for `-`.
 *
 * @throws Failure where it is missing, a directory, or not ours to read
 */
export async function openInput(path: string, terminal: Pick<Terminal, 'stdin'>): Promise<Input> {
  if (path === '-') return { label: 'standard input', live: true, stream: terminal.stdin }
  const found = await stat(path).catch((error: unknown) => {
    throw new Failure(`${path}: ${systemProblem(error)}`)
  })
  if (found.isDirectory()) {
    throw new Failure(`${path}: is a directory; give the files in it (sse-conform replay takes folders of fixtures)`)
  }
  const stream = createReadStream(path)
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve())
    stream.once('error', (error) => reject(new Failure(`${path}: ${systemProblem(error)}`)))
  })
  return { label: path, live: !found.isFile(), stream }
}
