import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isJsonObject, type JsonObject } from '../../src/defects/protocol.js'
import { createPipeline } from '../../src/index.js'
import { readEventStream } from '../oracle/index.js'
import { conform, eventsOf, type Options } from './conform.js'
import { type Fixture, fixtures } from './fixtures.js'
import { argumentsOf, behind, choicesOf, deltaOf, entriesOf, holds } from './holds.js'
import {
  answer,
  args,
  call,
  calling,
  callStart,
  calls,
  changed,
  choice,
  chunk,
  comment,
  custom,
  data,
  delta,
  done,
  end,
  error,
  type Frames,
  failed,
  failure,
  finish,
  first,
  framesOf,
  more,
  role,
  text,
  textOf,
  usage,
} from './stream.js'

/** One frame that comes in, and what goes out in the same push; left out, the frame itself. */
type Step = readonly [incoming: string, outgoing?: Frames]

const encoder = new TextEncoder()
const rows = readFileSync(new URL('../../docs/holds.md', import.meta.url), 'utf8')
  .split(/^## /m)
  .find((section) => section.startsWith('`/v1/chat/completions`'))
  ?.split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)

function follow(steps: readonly Step[], options: Options = {}): void {
  const pipeline = createPipeline({ protocol: 'chat', ...options })
  for (const [at, [incoming, outgoing = incoming]] of steps.entries()) {
    let out = ''
    const emit = (bytes: Uint8Array): void => {
      out += Buffer.from(bytes).toString()
    }
    pipeline.push(encoder.encode(incoming), emit)
    expect(eventsOf(out), `frame ${at + 1}`).toEqual(eventsOf(textOf(outgoing)))
  }
}

const same = (...frames: readonly Frames[]): Step[] => framesOf(...frames).map((each) => [each])
/** What is left of a chunk whose only call waits. */
const emptied = delta({})

it('docs/holds.md lists what is listed here, and nothing else', () => {
  const listed = [...holds.map(({ row }) => row), behind]
  for (const row of listed) {
    expect(
      rows?.filter((line) => line.startsWith(`| ${row}`)),
      row,
    ).toHaveLength(1)
  }
  expect(rows).toHaveLength(listed.length)
})

describe('in the push that brought it leaves', () => {
  it('everything of an answer, with comments and its usage anywhere', () => {
    const parts = [delta({ reasoning_content: 'R' }), text('A'), delta({ refusal: 'No' }), text(''), usage(), delta({})]
    const noisy = framesOf(role(), parts, call(0, '{"a":', '1}'), call(1, '{"b":2}'), custom(2, 'ls'))
    follow(
      same(
        comment(),
        noisy.flatMap((each) => [each, comment()]),
        finish('tool_calls'),
        usage(),
        comment(),
        done(),
      ),
    )
  })

  it('the finish of a choice that has begun, where it comes alone', () => {
    for (const reason of ['stop', 'length', 'content_filter', 'later'])
      follow(same(role(), text('Hi'), finish(reason), done()))
    follow(
      same(
        role(),
        text('Hi'),
        changed(finish(), { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }),
        done(),
      ),
    )
    follow(same(role(), delta({ content: '' }, { finish_reason: 'stop' }), done()))
  })

  it('the deltas of choices and of calls that interleave', () => {
    follow(same(role(0), role(1), text('A'), text('B', 1), text('C'), finish('stop', 1), finish('stop', 0), done()), {
      request: { n: 2 },
    })
    follow(
      same(
        role(),
        callStart(0),
        callStart(1),
        args('{"a":', 0),
        args('{"b":', 1),
        args('1}', 0),
        args('2}', 1),
        end('tool_calls'),
      ),
    )
    follow(
      same(role(), calls([first(0), first(1)]), calls([more(0, '{"a":1}'), more(1, '{"b":2}')]), end('tool_calls')),
    )
  })

  it('what a filter found, before and behind the text', () => {
    const empty = { id: '', object: '', created: 0, model: '' }
    const found = { index: 0, content_filter_results: {}, finish_reason: null }
    follow(
      same(
        chunk([], { ...empty, prompt_filter_results: [] }),
        role(),
        text('A'),
        chunk([found], empty),
        text('B'),
        end(),
      ),
    )
  })

  it('the error of the upstream, with its [DONE]', () => {
    follow([...same(role(), text('A')), [error(), failed()], [done(), '']])
    follow([...same(role(), text('A')), [data({ error: 'Down' }), failed()]])
  })

  it('the error of ours where the stream cannot go on', () => {
    follow([...same(role()), [data({ type: 'response.created', response: {} }), failure('other-protocol')]])
    follow([...same(role(), callStart(0, '{"a":')), [finish('tool_calls'), failure('truncated')]])
  })

  it('what a chunk needs to be whole', () => {
    follow([[text('A'), delta({ role: 'assistant', content: 'A' })], [text('B')]])
    follow([
      ...same(role()),
      [callStart(0, '', { id: undefined, type: undefined }), callStart(0, '', { id: 'call_1_0_0' })],
    ])
    follow([...same(role(), callStart(0)), [finish('tool_calls'), [args('{}'), finish('tool_calls')]]])
  })

  it('arguments that only begin with braces, and a call that is named with its whole arguments', () => {
    follow(same(role(), callStart(0), args('{'), args('}'), end('tool_calls')))
    follow(same(role(), callStart(0, '{"a":1}'), callStart(1, '[]'), end('tool_calls')))
  })

  it('a call whose name begins like that of a tool, once it is one, or is none', () => {
    const request = { tools: ['look', 'lookup'] }
    follow(same(role(), callStart(0), args('{"a":1}'), end('tool_calls')), { request })
    const other = first(0, '', { function: { name: 'run', arguments: '' } })
    follow(same(role(), calls([other]), args('{"a":1}'), end('tool_calls')), { request })
  })
})

describe('held, as docs/holds.md lists it, is', () => {
  const both = delta({ content: 'Hi' }, { finish_reason: 'stop' })
  const open = delta({ content: 'Hi' }, { finish_reason: null })

  it('a chunk whose finish reason comes with content, until the next chunk, [DONE], an error or the end', () => {
    follow([...same(role()), [both, ''], [done(), [both, done()]]])
    follow([...same(role()), [both, ''], [usage(), [both, usage()]], ...same(done())])
    follow([...same(role()), [both, ''], [text('!'), [open, text('!')]], ...same(end())])
    follow([...same(role()), [both, ''], [both, open], [finish(), [open, finish()]], ...same(done())])
    follow([...same(role()), [both, ''], [error(), [both, failed()]]])
    const { output, report } = conform([role(), both])
    expect([output, report.endState]).toEqual([textOf(role(), both, done()), 'complete'])
  })

  it('a chunk with a finish reason that is the first of its choice', () => {
    const only = delta({ role: 'assistant', content: '' }, { finish_reason: 'stop' })
    const opened = delta({ role: 'assistant', content: '' })
    follow([
      [only, ''],
      [done(), [only, done()]],
    ])
    follow([[only, ''], [text('Hi'), [opened, text('Hi')]], ...same(end())])
  })

  it('a chunk in which {} is all of a call’s arguments, until the next chunk, [DONE], an error or the end', () => {
    const start = callStart(0, '{}')
    follow([...same(role()), [start, ''], [finish('tool_calls'), [start, finish('tool_calls')]], ...same(done())])
    follow([
      ...same(role(), callStart(0)),
      [args('{}'), ''],
      [finish('tool_calls'), [args('{}'), finish('tool_calls')]],
    ])
    follow([
      ...same(role()),
      [start, ''],
      [args('{"a":1}'), [callStart(0, ''), args('{"a":1}')]],
      ...same(end('tool_calls')),
    ])
    follow([...same(role()), [start, ''], [callStart(1, '{"b":1}'), [start, callStart(1, '{"b":1}')]]])
    follow([...same(role()), [start, ''], [error(), [start, failed()]]])
    follow([
      ...same(role()),
      [start, ''],
      [callStart(1, '{}'), start],
      [finish('tool_calls'), [callStart(1, '{}'), finish('tool_calls')]],
    ])
  })

  it('blanks behind that {}, which go with whatever it was', () => {
    const start = callStart(0, '{}')
    const blank = args('')
    follow([
      ...same(role()),
      [start, ''],
      [blank, ''],
      [comment(), ''],
      [blank, ''],
      [args('{"a":1}'), [callStart(0, ''), blank, comment(), blank, args('{"a":1}')]],
      ...same(end('tool_calls')),
    ])
    follow([...same(role()), [start, ''], [blank, ''], [finish('tool_calls'), [start, blank, finish('tool_calls')]]])
    follow([...same(role()), [start, ''], [blank, ''], [text('Hi'), [start, blank, text('Hi')]]])
    follow([...same(role()), [start, ''], [blank, ''], [error(), [start, blank, failed()]]])
  })

  it('the deltas of a call without a name, until it comes; the rest of their chunks leaves', () => {
    const nameless = (json: string) => calls([first(0, '', { function: { arguments: json } })])
    const named = calls([{ index: 0, function: { name: 'look', arguments: '1}' } }])
    follow([
      ...same(role()),
      [nameless(''), emptied],
      [args('{"a":'), emptied],
      ...same(text('Hi'), comment()),
      [named, callStart(0, '{"a":1}')],
      ...same(end('tool_calls')),
    ])
    follow([...same(role()), [nameless('{"a":1}'), emptied], [finish('tool_calls'), failure('dropped')]])
    follow([...same(role()), [delta({ content: 'Hi', tool_calls: [first(0, '', { function: {} })] }), text('Hi')]])
  })

  it('a call whose name is only the beginning of the name of a tool, until the rest of it, or arguments come', () => {
    const request = { tools: ['look'] }
    const part = calls([first(0, '', { function: { name: 'lo', arguments: '' } })])
    const rest = calls([{ index: 0, function: { name: 'ok', arguments: '' } }])
    follow([...same(role()), [part, emptied], [rest, callStart(0)], ...same(args('{"a":1}'), end('tool_calls'))], {
      request,
    })
    const none = calls([first(0, '{"a":1}', { function: { name: 'lo', arguments: '{"a":1}' } })])
    follow([...same(role()), [part, emptied], [args('{"a":1}'), none], ...same(end('tool_calls'))], { request })
    const blank = calls([first(0, '', { function: { name: 'lo', arguments: '{}' } })])
    follow([...same(role()), [part, emptied], [finish('tool_calls'), [blank, finish('tool_calls')]]], {
      request,
    })
  })

  it('a call that was begun behind one without a name', () => {
    const nameless = calls([first(0, '', { function: { arguments: '{"a":1}' } })])
    const named = calls([{ index: 0, function: { name: 'look' } }])
    follow([
      ...same(role()),
      [nameless, emptied],
      [callStart(1, '{"b":1}'), emptied],
      [named, calls([first(0, '{"a":1}'), first(1, '{"b":1}')])],
      ...same(end('tool_calls')),
    ])
  })

  it('comments and noise behind a chunk that waits, and nothing else', () => {
    follow([
      ...same(role()),
      [both, ''],
      [comment(), ''],
      [comment(), ''],
      [done(), [both, comment(), comment(), done()]],
    ])
    const ping = data({ type: 'ping' })
    follow([...same(role(), ping), [both, ''], [ping, ''], [done(), [both, ping, done()]]], { unknownEvents: 'pass' })
    follow([...same(role()), [both, ''], [ping, ''], [done(), [both, done()]]])
  })

  it('no longer than until the answer is counted to be too much', () => {
    const { report } = conform([role(), both, comment()], { limits: { maxHeldFrames: 1 } })
    expect(report.endState).toBe('limit')
  })
})

/** One frame of a fixture that gave nothing in its own push, although it was not dropped. */
interface Held {
  readonly frame: number
  readonly rows: readonly string[]
}

const valuesOf = (bytes: Uint8Array): JsonObject[] =>
  readEventStream(bytes)
    .frames.map(({ data: json }) => parsed(json))
    .filter((value) => value !== undefined)

/** What chunks say: texts and arguments, put together. */
const saidIn = (events: readonly JsonObject[]): string =>
  events
    .flatMap(choicesOf)
    .map(deltaOf)
    .flatMap((said) => [
      said['content'],
      said['reasoning_content'],
      said['reasoning'],
      ...entriesOf(said).map(argumentsOf),
    ])
    .filter((words) => typeof words === 'string')
    .join('')

/** Follows a fixture frame by frame, and says what was held at each step. */
function heldIn({ file, upstream }: Fixture): Held[] {
  const spoken = new Set<number>()
  const pipeline = createPipeline({
    protocol: 'chat',
    ...file.options,
    onDefect: ({ action, frame: at }) => {
      if (action === 'dropped' || action === 'ended') spoken.add(at)
    },
  })
  const before: JsonObject[] = []
  const held: Held[] = []
  let at = 0
  let start = 0
  for (const { end: to, data: json } of readEventStream(upstream).frames) {
    const out: Uint8Array[] = []
    pipeline.push(upstream.subarray(start, to), (bytes) => void out.push(bytes.slice()))
    start = to
    at++
    if (pipeline.ended) break
    const event = parsed(json)
    if (event === undefined) continue
    const left = out.length > 0 && saidIn(valuesOf(Buffer.concat(out))).includes(saidIn([event]))
    if (!left && !spoken.has(at)) {
      const request = file.options?.request as { tools?: readonly string[] } | undefined
      const incoming = { event, before: [...before], tools: request?.tools }
      held.push({ frame: at, rows: holds.filter(({ mayHold }) => mayHold(incoming)).map(({ row }) => row) })
    }
    before.push(event)
  }
  return held
}

function parsed(json: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json ?? '')
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

describe('at every step of each fixture', () => {
  /** Framing has holds of its own (docs/holds.md): their frames are not those that a reader by the standard sees. */
  const framing = fixtures.filter(({ file }) => file.defects.some((code) => code.startsWith('sse/')))
  const followed = fixtures.filter((fixture) => !framing.includes(fixture))

  it.each(followed)('what is held stands in the list: $name', (fixture) => {
    for (const { frame: at, rows: allowed } of heldIn(fixture)) {
      expect(allowed, `frame ${at} of ${fixture.name} is held, and no row of docs/holds.md allows it`).not.toEqual([])
    }
  })

  it('holds what the list allows and nothing else, by count', () => {
    const counts: Record<string, number> = {}
    for (const { rows: allowed } of followed.flatMap(heldIn)) {
      const [row = 'nothing that is listed'] = allowed
      counts[row] = (counts[row] ?? 0) + 1
    }
    expect(counts).toEqual({
      'a chunk whose finish reason comes with content': 6,
      'a chunk in which `{}` is all that has come': 3,
      'the deltas of a call whose name has not come': 2,
    })
  })

  it('leaves out the fixtures in which a frame is no frame by the standard, and no others', () => {
    expect(framing.map(({ name }) => name)).toEqual([
      'blank-lines-missing',
      'bom',
      'cr-line-ends',
      'data-comment',
      'data-empty',
      'data-null',
      'done-cut',
      'done-lower-case',
      'done-trailing-blank',
      'done-unterminated',
      'double-data-prefix',
      'error-json-appended',
      'error-json-body',
      'error-json-body-string',
      'error-true-unterminated',
      'final-frame-unterminated',
      'frame-limit',
      'html-page',
      'json-body',
      'json-body-pretty',
      'json-body-reasoning',
      'json-body-tools',
      'json-body-two-choices',
      'json-body-usage-wanted',
      'json-over-two-frames',
      'keep-alive-word',
      'leading-blank-before-field',
      'malformed-frame',
      'ndjson',
      'objects-glued',
      'ping-without-data',
      'plain-text-body',
      'truncated-mid-frame',
      'truncated-usage-chunk',
    ])
  })
})

it('what waits is little: a stream without defects meets it at most once at a time', () => {
  for (const upstream of [answer('A', 'B'), calling(call(0, '{"a":1}'), call(1, '{}'))]) {
    const frames = framesOf(upstream)
    for (let at = 1; at < frames.length; at++) {
      const { output } = conform(frames.slice(0, at), {}, 'cancel')
      expect(textOf(frames.slice(0, at)).startsWith(output)).toBe(true)
      expect(framesOf(output.split(/(?<=\n\n)/)).filter((each) => each !== '').length).toBeGreaterThanOrEqual(at - 1)
    }
  }
})

it('the chunk of one choice does not wait for another choice', () => {
  follow(same(role(0), role(1), finish('stop', 0), text('B', 1), finish('stop', 1), done()), { request: { n: 2 } })
  const one = chunk([choice({ content: 'A' }, { finish_reason: 'stop' }), choice({ content: 'B' }, { index: 1 })])
  follow([...same(role(0), role(1)), [one, ''], [text('C', 1), [one, text('C', 1)]]], { request: { n: 2 } })
})
