import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createProtocolDetector, type Report } from '../../src/index.js'
import { caseFiles, folderWith } from '../replay/cases.js'
import { cli, openStdin, stdinOf } from './session.js'

const event = (type: string, fields: object = {}) => `data: ${JSON.stringify({ type, ...fields })}\n\n`
const delta = event('response.output_text.delta', { item_id: 'resp_Reed1', output_index: 0, delta: 'Fog until ten.' })
const completed = event('response.completed', {
  response: {
    id: 'resp_Reed1',
    object: 'response',
    created_at: 1760000000,
    model: 'test-model-1',
    status: 'completed',
    output: [],
    usage: {
      input_tokens: 4,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 4,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 8,
    },
  },
})
const bare = `${delta}${completed}data: [DONE]\n\n`
/** What the bare stream is found guilty of first. */
const bareCode = 'responses/created-missing'
const error = event('error', {
  error: { type: 'server_error', code: 'server_error', message: 'The lamp went out.', param: null },
})

async function reportOf(argv: readonly string[], stream: string): Promise<Report> {
  const { stderr } = await cli(['normalize', '--report', 'json', ...argv], { stdin: stdinOf(stream) })
  return JSON.parse(stderr) as Report
}

describe('the command line over /v1/responses', () => {
  it('finds the protocol from bare deltas without event lines, repairs them and ends with 0', async () => {
    const { code, stdout, stderr } = await cli(['normalize'], { stdin: stdinOf(bare) })
    const types = Array.from(stdout.matchAll(/^event: (.*)$/gm), ([, type]) => type)
    expect(types).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ])
    expect(stderr).toMatch(/end state complete \(responses; 3 frames in, 9 out; /)
    expect(code).toBe(0)
  })

  it('finds it from the first chunk that tells, however the bytes are cut', async () => {
    const whole = await cli(['normalize'], { stdin: stdinOf(bare) })
    const bytes = Array.from(Buffer.from(bare), (byte) => Uint8Array.of(byte))
    expect(await cli(['normalize'], { stdin: stdinOf(...bytes) })).toEqual(whole)
  })

  it('finds it from the name of an event line where the JSON has no type', async () => {
    const untyped = delta.replace('"type":"response.output_text.delta",', '')
    const report = await reportOf([], `event: response.output_text.delta\n${untyped}${completed}`)
    expect(report).toMatchObject({ protocol: 'responses', endState: 'complete' })
  })

  it.each([
    ['an error alone', error],
    ['an error under the name that every event has', `event: message\n${error.replace('"type":"error",', '')}`],
    ['nothing but keep-alives', event('keepalive', { sequence_number: 0 })],
    ['nothing but [DONE]', 'data: [DONE]\n\n'],
  ])('asks for the protocol where a stream is %s, and ends with 2', async (_what, stream) => {
    for (const command of ['normalize', 'check']) {
      const { code, stderr } = await cli([command, '-'], { stdin: stdinOf(stream) })
      expect(stderr).toContain('no event tells which protocol this is; say so with --protocol messages|responses|chat')
      expect(code).toBe(2)
    }
  })

  it('is told the protocol: an error alone comes out as the error and its response.failed', async () => {
    const { code, stdout, stderr } = await cli(['normalize', '--protocol', 'responses'], { stdin: stdinOf(error) })
    expect(stdout).toMatch(/event: error\n.*The lamp went out\..*\n\nevent: response\.failed\n.*The lamp went out\./)
    expect(stderr).toContain('end state upstream-error (responses; ')
    expect(code).toBe(0)
  })

  it('does not wait on an open connection for the response.failed that an error owes', async () => {
    const { code, stdout, stderr } = await cli(['normalize', '--protocol', 'responses', '--report', 'json'], {
      stdin: openStdin(error),
      drain: { bytes: 1024, milliseconds: 0 },
    })
    expect(stdout).toContain('event: response.failed\n')
    expect(JSON.parse(stderr)).toMatchObject({ endState: 'upstream-error' })
    expect(code).toBe(0)
  })

  it('takes the response.failed that still comes, and then ends', async () => {
    const failed = event('response.failed', {
      response: { id: 'resp_Reed1', status: 'failed', error: { code: 'server_error', message: 'The lamp went out.' } },
    })
    const { stderr } = await cli(['normalize', '--protocol', 'responses', '--report', 'json'], {
      stdin: stdinOf(error, failed),
      drain: { bytes: 1024, milliseconds: 2 ** 30 },
    })
    const report = JSON.parse(stderr) as Report
    expect(report).toMatchObject({ endState: 'upstream-error', frames: { in: 2 } })
    expect(report.defects.map((tally) => tally.code)).not.toContain('responses/failed-missing')
  })

  it('adds [DONE] where --done open-responses asks for it', async () => {
    const run = async (...argv: string[]) => (await cli(['normalize', ...argv], { stdin: stdinOf(bare) })).stdout
    const plain = await run()
    expect(plain).not.toContain('[DONE]')
    expect(await run('--done', 'openai')).toBe(plain)
    expect(await run('--done', 'open-responses')).toBe(`${plain}data: [DONE]\n\n`)
  })

  it('begins in the middle of a response where --resume says so', async () => {
    expect((await reportOf([], bare)).defects.map((tally) => tally.code)).toContain(bareCode)
    expect((await reportOf(['--resume'], bare)).defects.map((tally) => tally.code)).not.toContain(bareCode)
    const { stdout } = await cli(['check', '--resume', '--format', 'json', '-'], { stdin: stdinOf(bare) })
    expect(stdout).not.toContain(bareCode)
  })

  it('checks: 1 where there are defects, 0 where there are none, the protocol in the report', async () => {
    const repaired = (await cli(['normalize'], { stdin: stdinOf(bare) })).stdout
    const folder = await folderWith({ good: repaired, bad: bare })
    const check = (...names: string[]) => cli(['check', '--format', 'json', ...names.map((name) => join(folder, name))])
    expect((await check('good')).code).toBe(0)
    const { code, stdout } = await check('good', 'bad')
    expect(JSON.parse(stdout)).toMatchObject({
      failed: 1,
      files: [
        { protocol: 'responses', endState: 'complete', defects: [] },
        { protocol: 'responses', endState: 'complete' },
      ],
    })
    expect(stdout).toContain(bareCode)
    expect(stdout).not.toContain('Fog')
    expect(code).toBe(1)
  })

  it('replays cases of both protocols in one run, with the options of fixture.json', async () => {
    const marked = (await cli(['normalize', '--done', 'open-responses'], { stdin: stdinOf(bare) })).stdout
    const { defects } = await reportOf([], bare)
    const file = {
      title: 'Bare deltas',
      protocol: 'responses',
      source: { product: 'derived' },
      endState: 'complete',
      defects: defects.map((tally) => tally.code),
      options: { done: 'open-responses' },
    }
    const folder = await folderWith({
      ...caseFiles('responses/a', bare, file, marked),
      ...caseFiles('responses/b', bare, { ...file, options: {} }, marked),
    })
    const { code, stdout } = await cli(['replay', folder])
    expect(stdout).toContain('pass responses/a\n')
    expect(stdout).toContain('FAIL responses/b')
    expect(stdout).toMatch(/^ {6}- data: \[DONE\]$/m)
    expect(code).toBe(1)
  })

  it('explains a code of this protocol, and finds it where it is mistyped', async () => {
    const { code, stdout } = await cli(['explain', 'responses/item-id-mismatch'])
    expect(stdout).toMatch(/^responses\/item-id-mismatch\n/)
    expect(code).toBe(0)
    const { stderr } = await cli(['explain', 'item-id-mismach'])
    expect(stderr).toContain('did you mean responses/item-id-mismatch?')
  })
})

describe('createProtocolDetector', () => {
  /** Streams that are another protocol's altogether: the route is what makes them broken. */
  const foreign: Readonly<Record<string, string>> = { 'chat-chunks': 'chat', 'openai-chunks': 'chat' }
  const fixtures = new URL('../../fixtures/', import.meta.url)

  it.each(['messages', 'responses'])('never takes a fixture of %s for one of the other protocol', (protocol) => {
    const folder = new URL(`${protocol}/`, fixtures)
    const unknown: string[] = []
    for (const name of readdirSync(folder)) {
      const detector = createProtocolDetector()
      const found = detector.push(readFileSync(new URL(`${name}/upstream.sse`, folder))) ?? detector.end()
      if (found === undefined) unknown.push(name)
      else expect(`${name}: ${found}`).toBe(`${name}: ${foreign[name] ?? protocol}`)
    }
    // What is left has no event of the protocol at all: bodies that are no stream, and errors alone.
    for (const name of unknown) {
      expect(readFileSync(new URL(`${name}/upstream.sse`, folder), 'utf8')).not.toMatch(
        /"(?:message_|content_block_|response\.)/,
      )
    }
  })
})
