import { PassThrough, Readable, Writable } from 'node:stream'
import { runCli } from '../../src/cli/program.js'
import type { Terminal } from '../../src/cli/terminal.js'

/** What one run of the command line left behind. */
export interface Session {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A stream that keeps what it is given. */
export class Kept extends Writable {
  text = ''
  isTTY = false

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

/** Runs the command line in this process, on streams that are kept. */
export async function cli(argv: readonly string[], given: Partial<Terminal> = {}): Promise<Session> {
  const stdout = new Kept()
  const stderr = new Kept()
  const code = await runCli({ argv, env: {}, stdin: Readable.from([]), stdout, stderr, ...given })
  return { code, stdout: stdout.text, stderr: stderr.text }
}

/** Standard input that holds these chunks and then ends. */
export function stdinOf(...chunks: (string | Uint8Array)[]): Readable {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk as string)))
}

/** Standard input that stays open after these chunks. */
export function openStdin(...chunks: string[]): PassThrough {
  const stream = new PassThrough()
  for (const chunk of chunks) stream.write(chunk)
  return stream
}
