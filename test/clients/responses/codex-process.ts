import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** One line of what `codex exec --json` writes. */
interface CodexEvent {
  readonly type: string
  readonly message?: string
  readonly error?: { readonly message: string }
  readonly item?: { readonly type: string; readonly text?: string }
}

/** The Codex binary that npm installed for this platform; undefined where it has none. */
export function codexBinary(): string | undefined {
  const require = createRequire(import.meta.url)
  const { platform, arch } = process
  try {
    const from = dirname(require.resolve('@openai/codex/package.json'))
    const vendor = join(
      dirname(require.resolve(`@openai/codex-${platform}-${arch}/package.json`, { paths: [from] })),
      'vendor',
    )
    const names = readdirSync(vendor).map((target) =>
      join(vendor, target, 'bin', platform === 'win32' ? 'codex.exe' : 'codex'),
    )
    return names.find((name) => existsSync(name))
  } catch {
    return undefined
  }
}

// Two cores carry four of them; the others wait for their next attempt.
const AT_ONCE = 8
const GIVEN_UP_AFTER = 25_000

// Nothing that the model calls may run, nothing but the relay may be asked, and a process shall start fast.
const off = `shell_tool unified_exec shell_snapshot apps plugins remote_plugin plugin_sharing hooks multi_agent
  code_mode_host goals image_generation browser_use computer_use skill_search tool_suggest daemon_auto_start`
const config = `model = "gpt-test"
model_provider = "relay"
sandbox_mode = "read-only"
approval_policy = "never"
web_search = "disabled"
check_for_update_on_startup = false
show_raw_agent_reasoning = true
model_reasoning_summary = "detailed"
model_supports_reasoning_summaries = true

[analytics]
enabled = false

[features]
${off
  .split(/\s+/)
  .map((feature) => `${feature} = false`)
  .join('\n')}
`

/** Runs `codex exec` with a home of its own, a few processes at a time. */
export interface CodexProcesses {
  /** Gives the prompt to Codex with this provider, and returns what it wrote. */
  exec(baseURL: string): Promise<readonly CodexEvent[]>
  close(): void
}

/** Prepares a temporary home; it is filled by the first process, which therefore runs alone. */
export function startCodex(binary: string): CodexProcesses {
  const root = mkdtempSync(join(tmpdir(), 'sse-conform-codex-'))
  const [home, folder] = [join(root, 'home'), join(root, 'folder')]
  mkdirSync(home)
  mkdirSync(folder)
  writeFileSync(join(home, 'config.toml'), config)
  let running = 0
  const waiting: (() => void)[] = []
  const run = async (baseURL: string): Promise<readonly CodexEvent[]> => {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
    running += 1
    try {
      return await exec(binary, home, folder, baseURL)
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
  let first: Promise<unknown> | undefined
  return {
    exec(baseURL) {
      const events = first ? first.then(() => run(baseURL)) : run(baseURL)
      first ??= events.catch(() => undefined)
      return events
    },
    close: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  }
}

function exec(binary: string, home: string, folder: string, baseURL: string): Promise<readonly CodexEvent[]> {
  const provider = `{ name = "relay", base_url = "${baseURL}/v1", wire_api = "responses", stream_max_retries = 2, request_max_retries = 0 }`
  const args = ['exec', '--json', '--skip-git-repo-check', '--ephemeral', '-C', folder]
  // The address of a proxy that nobody answers at: only what `NO_PROXY` lists can be reached.
  const proxy = 'http://127.0.0.1:9'
  const { PATH, SystemRoot } = process.env
  const child = spawn(binary, [...args, '-c', `model_providers.relay=${provider}`, 'Hi'], {
    env: {
      ...{ PATH, SystemRoot, HOME: home, USERPROFILE: home, CODEX_HOME: home },
      ...{ HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: '127.0.0.1' },
    },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: GIVEN_UP_AFTER,
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (_code, signal) => {
      if (signal) reject(new Error(`codex was ended by ${signal}`))
      else
        resolve(
          output
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line) as CodexEvent),
        )
    })
  })
}
