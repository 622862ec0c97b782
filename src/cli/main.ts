#!/usr/bin/env node
import { closeSync } from 'node:fs'
import process from 'node:process'
import { runCli } from './program.js'

// `process.stdout.end()` alone leaves the descriptor open (Node never closes the standard ones), so that the reader of a
// pipe would wait for its end of file until the process is gone.
function closeStdout(): void {
  process.stdout.end(() => {
    try {
      closeSync(1)
    } catch {
      // Closed already, or not to be closed: the reader waits for the end of the process, which is near.
    }
  })
}

process.exitCode = await runCli({
  argv: process.argv.slice(2),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  closeStdout,
})
