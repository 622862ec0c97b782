import type { Client } from '../outcome.js'
import { installedVersion } from '../version.js'
import { type CodexProcesses, codexBinary, startCodex } from './codex-process.js'
import { startRelay } from './codex-relay.js'

const binary = codexBinary()
let processes: CodexProcesses | undefined

/** Whether npm installed Codex for this platform: it is a program of its own, not JavaScript. */
export const codexRuns = binary !== undefined

/** `codex exec --json` with a provider on loopback: what it prints, and the tool calls that it sends back. */
export const codex: Client = {
  name: 'codex exec',
  version: installedVersion('@openai/codex'),
  async run(baseURL) {
    processes ??= startCodex(binary ?? '')
    const relay = await startRelay(baseURL)
    try {
      const events = await processes.exec(relay.url)
      const printed = (type: string) =>
        events
          .map(({ type: kind, item }) => (kind === 'item.completed' && item?.type === type ? item.text : ''))
          .join('')
      const outcome = {
        ...{ text: printed('agent_message'), thinking: '', summary: printed('reasoning') },
        ...{ tools: relay.tools(), requests: relay.requests(), errorParts: [] },
      }
      const failed = events.find(({ type }) => type === 'turn.failed')
      if (failed) return { ended: 'error', ...outcome, error: failed.error?.message ?? '' }
      if (!events.some(({ type }) => type === 'turn.completed')) return { ended: 'silent-truncation', ...outcome }
      return { ended: 'success', ...outcome, stopReason: 'completed' }
    } finally {
      await relay.close()
    }
  },
  async close() {
    processes?.close()
    processes = undefined
  },
}
