import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createProtocolDetector, type Report } from '../../src/index.js'
import { caseFiles, folderWith } from '../replay/cases.js'
import { cli, stdinOf } from './session.js'

const chunk = (choices: unknown, rest: object = {}) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-Reed1', object: 'chat.completion.chunk', created: 1760000000, model: 'test-model-1', choices, ...rest })}\n\n`
const choice = (delta: object, finish: string | null = null, index = 0) => ({ index, delta, finish_reason: finish })
const done = 'data: [DONE]\n\n'
const call = (rest: object, args: string) => ({ tool_calls: [{ ...rest, function: { arguments: args } }] })
const named = {
  role: 'assistant',
  tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '' } }],
}

/** A tool call without an index, in two pieces. */
const unindexed =
  chunk([choice(named)]) +
  chunk([choice(call({}, '{"at":'))]) +
  chunk([choice(call({}, '"noon"}'))]) +
  chunk([choice({}, 'tool_calls')]) +
  done
const indexCode = 'chat/tool-index-missing-or-wrong'
const text = chunk([choice({ role: 'assistant', content: 'Fog until ten.' })])
const error = 'data: {"error":{"message":"The lamp went out.","type":"server_error","param":null,"code":null}}\n\n'

async function run(argv: readonly string[], stream: string): Promise<{ stdout: string; report: Report }> {
  const { code, stdout, stderr } = await cli(['normalize', '--report', 'json', ...argv], { stdin: stdinOf(stream) })
  expect(code).toBe(0)
  return { stdout, report: JSON.parse(stderr) as Report }
}
const codesOf = ({ defects }: Report) => defects.map((tally) => tally.code)

describe('the command line over /v1/chat/completions', () => {
  it('finds the protocol from the first chunk, repairs the calls and ends with 0', async () => {
    const { stdout, report } = await run([], unindexed)
    expect(stdout.match(/"index":0,/g)?.length).toBeGreaterThan(3)
    expect(stdout).toMatch(/data: \[DONE\]\n\n$/)
    expect(report).toMatchObject({ protocol: 'chat', endState: 'complete', defects: [{ code: indexCode }] })
  })

  it('finds it however the bytes are cut, and from choices alone', async () => {
    const whole = await run([], unindexed)
    const bytes = Array.from(Buffer.from(unindexed), (byte) => Uint8Array.of(byte))
    const { stdout } = await cli(['normalize'], { stdin: stdinOf(...bytes) })
    expect(stdout).toBe(whole.stdout)
    const bare = `data: ${JSON.stringify({ choices: [choice({ content: 'Fog.' }, 'stop')] })}\n\n${done}`
    expect((await run([], bare)).report).toMatchObject({ protocol: 'chat', endState: 'complete' })
  })

  it.each([
    ['an error alone', error + done],
    ['nothing but [DONE]', done],
  ])('asks for the protocol where a stream is %s, and is told it', async (_what, stream) => {
    const { code, stderr } = await cli(['normalize'], { stdin: stdinOf(stream) })
    expect(stderr).toContain('say so with --protocol messages|responses|chat')
    expect(code).toBe(2)
    expect((await run(['--protocol', 'chat'], stream)).stdout).toMatch(/^data: \{"error":.*\n\ndata: \[DONE\]\n\n$/)
  })

  it('folds choices where --n says that one was asked for', async () => {
    const split = text + chunk([choice({ role: 'assistant', content: 'Then sun.' }, null, 1)])
    const stream = `${split}${chunk([choice({}, 'stop')])}${done}`
    expect(codesOf((await run(['--n', '1'], stream)).report)).toContain('chat/split-choices')
    expect(codesOf((await run(['--n', '2'], stream)).report)).not.toContain('chat/split-choices')
    const { stdout } = await cli(['check', '--n', '1', '--format', 'json', '-'], { stdin: stdinOf(stream) })
    expect(stdout).toContain('chat/split-choices')
  })

  it('gives usage a chunk of its own where --include-usage says that it was asked for', async () => {
    const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 }
    const message = { role: 'assistant', content: 'Fog until ten.' }
    const body = { id: 'chatcmpl-Reed1', object: 'chat.completion', created: 1, model: 'test-model-1' }
    const whole = `${JSON.stringify({ ...body, choices: [{ index: 0, message, finish_reason: 'stop' }], usage })}\n`
    const alone = /"choices":\[\],"usage":\{/
    expect((await run(['--include-usage'], whole)).stdout).toMatch(alone)
    expect((await run([], whole)).stdout).not.toMatch(alone)
  })

  it('joins a name that comes in two where --tools names the tool', async () => {
    const half = {
      role: 'assistant',
      tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'look_', arguments: '' } }],
    }
    const rest = { tool_calls: [{ index: 0, function: { name: 'around' } }] }
    const stream =
      chunk([choice(half)]) + chunk([choice(rest)]) + chunk([choice(call({ index: 0 }, '{}'), 'tool_calls')]) + done
    const { stdout, report } = await run(['--tools', 'look_around,sing'], stream)
    expect(stdout).toContain('"name":"look_around"')
    expect(report.endState).toBe('complete')
    expect((await run(['--tools', 'sing'], stream)).report.endState).not.toBe('complete')
  })

  it('moves reasoning and changes the finish reason where that is asked for', async () => {
    const thought = chunk([choice({ role: 'assistant', reasoning: 'Look outside.' })])
    const stream = `${thought}${unindexed.replace('"role":"assistant",', '').replace('"tool_calls"}]', '"stop"}]')}`
    const plain = await run([], stream)
    expect(plain.stdout).toContain('"reasoning":"Look outside."')
    expect(plain.stdout).toContain('"finish_reason":"stop"')
    const { stdout } = await run(['--reasoning', 'reasoning_content', '--finish-reason', 'from-tools'], stream)
    expect(stdout).toContain('"reasoning_content":"Look outside."')
    expect(stdout).toContain('"finish_reason":"tool_calls"')
  })

  it.each([
    ['--n', '0'],
    ['--n', 'many'],
    ['--reasoning', 'thoughts'],
  ])('ends with 2 for %s %s', async (...argv) => {
    const { code, stderr } = await cli(['normalize', ...argv])
    expect(stderr).toMatch(/^sse-conform: option '--.*It must be/)
    expect(code).toBe(2)
  })

  it('checks: 1 where there are defects, 0 where there are none', async () => {
    const folder = await folderWith({ good: (await run([], unindexed)).stdout, bad: unindexed })
    const check = (name: string) => cli(['check', '--format', 'json', join(folder, name)])
    expect((await check('good')).code).toBe(0)
    const { code, stdout } = await check('bad')
    expect(JSON.parse(stdout)).toMatchObject({ failed: 1, files: [{ protocol: 'chat', endState: 'complete' }] })
    expect(stdout).not.toContain('noon')
    expect(code).toBe(1)
  })

  it('replays a case of this protocol, with the options of fixture.json', async () => {
    const stream = unindexed.replace('"tool_calls"}]', '"stop"}]')
    const { stdout: expected, report } = await run(['--finish-reason', 'from-tools'], stream)
    const file = {
      title: 'A call without an index',
      protocol: 'chat',
      source: { product: 'derived' },
      endState: 'complete',
      defects: codesOf(report),
      options: { finishReason: 'from-tools' },
    }
    const { observations: _, ...claims } = { ...file, observations: [] }
    const folder = await folderWith({
      ...caseFiles('chat/a', stream, claims, expected),
      ...caseFiles('chat/b', stream, { ...claims, options: {} }, expected),
    })
    const { stdout } = await cli(['replay', folder])
    expect(stdout).toContain('pass chat/a\n')
    expect(stdout).toContain('FAIL chat/b')
  })

  it('explains a code of this protocol, and finds it where it is mistyped', async () => {
    const { code, stdout } = await cli(['explain', indexCode])
    expect(stdout).toMatch(/^chat\/tool-index-missing-or-wrong\n/)
    expect(code).toBe(0)
    expect((await cli(['explain', 'tool-index-mising-or-wrong'])).stderr).toContain(`did you mean ${indexCode}?`)
  })
})

describe('createProtocolDetector, over the fixtures of chat', () => {
  /** Streams that are another protocol's altogether: the route is what makes them broken. */
  const foreign: Readonly<Record<string, string>> = { 'messages-events': 'messages', 'responses-events': 'responses' }
  const folder = new URL('../../fixtures/chat/', import.meta.url)

  it('never takes a stream for one of another protocol, and misses none that has a chunk', () => {
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(new URL(`${name}/upstream.sse`, folder))
      const detector = createProtocolDetector()
      const found = detector.push(bytes) ?? detector.end()
      if (found === undefined) expect(`${name}: ${bytes}`).not.toMatch(/"choices"\s*:\s*\[|"chat\.completion/)
      else expect(`${name}: ${found}`).toBe(`${name}: ${foreign[name] ?? 'chat'}`)
    }
  })
})
