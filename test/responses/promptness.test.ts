import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isJsonObject, type JsonObject } from '../../src/defects/protocol.js'
import { createPipeline } from '../../src/index.js'
import { readEventStream } from '../oracle/index.js'
import { eventsOf, type Options } from './conform.js'
import { type Fixture, fixtures } from './fixtures.js'
import { holds, owed } from './holds.js'
import {
  added,
  argsDelta,
  argsDone,
  begin,
  call,
  callAdded,
  callDone,
  callItem,
  closeCall,
  closeMessage,
  comment,
  completed,
  created,
  custom,
  done,
  event,
  type Frames,
  failed,
  frame,
  framesOf,
  incomplete,
  inProgress,
  itemDone,
  message,
  messageItem,
  nested,
  openCall,
  openMessage,
  raw,
  summary,
  textDelta,
  textOf,
} from './stream.js'

/** One frame that comes in, and what goes out in the same push; left out, the frame itself. */
type Step = readonly [incoming: string, outgoing?: Frames]

const encoder = new TextEncoder()
const rows = readFileSync(new URL('../../docs/holds.md', import.meta.url), 'utf8')
  .split('## `/v1/responses`')[1]
  ?.split('\n## ')[0]
  ?.split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)

function follow(steps: readonly Step[], options: Options = {}): void {
  const pipeline = createPipeline({ protocol: 'responses', ...options })
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

it('docs/holds.md lists what is listed here, and nothing else', () => {
  const listed = [...holds.map(({ row }) => row), owed]
  for (const row of listed)
    expect(
      rows?.filter((line) => line.startsWith(`| ${row}`)),
      row,
    ).toHaveLength(1)
  expect(rows).toHaveLength(listed.length)
})

describe('in the push that brought it leaves', () => {
  it('everything of messages, reasoning, refusals and calls, with their noise', () => {
    const items = [summary(0, 'S'), raw(1, 'R'), message(2, 'A', 'B'), call(3, '{"a":', '1}'), custom(4, 'ls')]
    const noisy = framesOf(items).flatMap((each) => [each, comment(), frame({ type: 'keepalive' })])
    follow(same(comment(), begin(), noisy, completed([])).slice(0, -1))
  })

  it('each terminal', () => {
    const hi = [messageItem(0, ['Hi'])]
    follow(same(begin(), message(0, 'Hi'), completed(hi)))
    follow(same(begin(), message(0, 'Hi'), incomplete(hi)))
    follow(same(begin(), nested(), failed()))
  })

  it('the deltas of items that interleave', () => {
    follow(
      same(
        begin(),
        openMessage(0, 'A'),
        openCall(1, '{"a":'),
        textDelta(0, 'B'),
        argsDelta(1, '1}'),
        closeMessage(0, 'AB'),
        closeCall(1, '{"a":1}'),
      ),
    )
  })

  it('events that are newer than we are', () => {
    const later = { id: 'later_0', type: 'later_item' }
    follow(same(begin(), event('later', { later: 1 }), added(0, later), itemDone(0, later)))
  })

  it('what a first delta needs in front of it', () => {
    follow([
      ...same(created()),
      [textDelta(0, 'A'), [inProgress({}), openMessage(0, 'A')]],
      [textDelta(0, 'B'), textDelta(0, 'B')],
    ])
  })

  it('what the upstream forgot to close, with the next announcement, or with the terminal', () => {
    const first = framesOf(openMessage(0, 'A')).slice(2)
    follow([
      ...same(begin()),
      ...first.map((each): Step => [each, openMessage(0, 'A')]),
      [callAdded(1), [closeMessage(0, 'A'), callAdded(1)]],
      [argsDelta(1, '{}')],
    ])
  })

  it('the error of ours where the stream cannot go on', () => {
    const chunk = frame({ id: 'chatcmpl-1', object: 'chat.completion.chunk', choices: [] })
    const pipeline = createPipeline({ protocol: 'responses' })
    let out = ''
    pipeline.push(encoder.encode(textOf(begin(), chunk)), (bytes) => {
      out += Buffer.from(bytes).toString()
    })
    expect(out).toContain('event: response.failed')
  })
})

describe('held, as docs/holds.md lists it, is', () => {
  it('a keepalive before response.created', () => {
    const keepalive = frame({ type: 'keepalive' })
    follow([[keepalive, ''], [created(), [created(), keepalive]], [keepalive]])
    follow([
      [event('later'), ''],
      [created(), [created(), event('later')]],
    ])
  })

  it('a call without a name, until a delta of its arguments, its done or a second announcement brings it', () => {
    const nameless = callAdded(0, { name: '' })
    follow([
      ...same(begin()),
      [nameless, ''],
      [argsDelta(0, '{"a":'), ''],
      ...same(comment(), openMessage(1, 'Hi')).slice(0, 1),
      [callAdded(0), openCall(0, '{"a":')],
      ...same(argsDelta(0, '1}'), closeCall(0, '{"a":1}')),
    ])
    follow([
      ...same(begin()),
      [nameless, ''],
      [argsDelta(0, '{}'), ''],
      [argsDone(0, '{}'), [openCall(0, '{}'), argsDone(0, '{}')]],
      ...same(callDone(0, '{}')),
    ])
    follow([...same(begin()), [nameless, ''], [argsDelta(0, '{}'), ''], [callDone(0, '{}'), call(0, '{}')]])
  })

  it('a call without a call_id, until its done, after which it is derived', () => {
    const anonymous = { call_id: undefined }
    const derived = { call_id: 'call_1_0' }
    follow([
      ...same(begin()),
      [callAdded(0, anonymous), ''],
      [argsDelta(0, '{}'), ''],
      [
        itemDone(0, callItem(0, '{}', anonymous)),
        [callAdded(0, derived), argsDelta(0, '{}'), argsDone(0, '{}'), itemDone(0, callItem(0, '{}', derived))],
      ],
    ])
  })

  it('argument deltas that do not begin like JSON, until the done', () => {
    follow([
      ...same(begin(), callAdded(0)),
      [argsDelta(0, 'gAAAA'), ''],
      [argsDelta(0, '{'), ''],
      [argsDone(0, '{}'), [argsDelta(0, '{}'), argsDone(0, '{}')]],
    ])
    follow([
      ...same(begin(), callAdded(0)),
      [argsDelta(0, 'no JSON'), ''],
      [argsDone(0, 'no JSON'), [argsDelta(0, 'no JSON'), argsDone(0, 'no JSON')]],
    ])
  })

  it('dones that say nothing where no argument has come, until the next item or the terminal', () => {
    follow([
      ...same(begin(), callAdded(0)),
      [argsDone(0, ''), ''],
      [callDone(0, ''), ''],
      [openMessage(1).slice(0, 1).toString(), [argsDelta(0, '{}'), closeCall(0, '{}'), openMessage(1).slice(0, 1)]],
    ])
    follow([
      ...same(begin(), callAdded(0)),
      [argsDone(0, ''), ''],
      [callDone(0, ''), ''],
      [
        completed([callItem(0, '{"a":1}')]),
        [argsDelta(0, '{"a":1}'), closeCall(0, '{"a":1}'), completed([callItem(0, '{"a":1}')])],
      ],
    ])
  })

  it('the response.failed that an error owes, until the next event or [DONE]', () => {
    for (const next of [done(), textDelta(0, 'x'), frame({ type: 'keepalive' })]) {
      follow([...same(begin(), nested(), comment()), [next, failed()]])
    }
  })

  it('the done of a call whose arguments are cut, until the terminal says that it is incomplete', () => {
    const cut = framesOf(openCall(0, '{"a":'), closeCall(0, '{"a":')).slice(0, -1)
    const item = callItem(0, '{"a":')
    follow([
      ...same(begin(), cut),
      [itemDone(0, item), ''],
      [incomplete([item]), [itemDone(0, item), incomplete([item])]],
    ])
    // One that says itself that it is incomplete does not wait.
    const told = callItem(0, '{"a":', { status: 'incomplete' })
    follow(same(begin(), cut, itemDone(0, told), incomplete([told])))
  })
})

/** One frame of a fixture that gave nothing in its own push, although it was not dropped. */
interface Held {
  readonly frame: number
  readonly rows: readonly string[]
}

/** Follows a fixture frame by frame, and says what was held at each step. */
function heldIn({ file, upstream }: Fixture): Held[] {
  const spoken = new Set<number>()
  const pipeline = createPipeline({
    protocol: 'responses',
    ...file.options,
    onDefect: ({ action, frame: at }) => {
      if (action === 'dropped' || action === 'ended') spoken.add(at)
    },
  })
  const before: JsonObject[] = []
  const held: Held[] = []
  let at = 0
  let start = 0
  for (const { end, data } of readEventStream(upstream).frames) {
    let out = ''
    pipeline.push(upstream.subarray(start, end), (bytes) => {
      out += Buffer.from(bytes).toString()
    })
    start = end
    at++
    if (pipeline.ended) break
    const value = parsed(data)
    if (value === undefined) continue
    const type = String(value['type'])
    const delta = value['delta']
    // A delta has left where its text has; any other event where anything has.
    const text = typeof delta === 'string' ? JSON.stringify(delta).slice(1, -1) : ''
    const left = out !== '' && out.includes(text)
    if (!left && !spoken.has(at)) {
      const incoming = { event: value, type, before: [...before] }
      held.push({ frame: at, rows: holds.filter(({ mayHold }) => mayHold(incoming)).map(({ row }) => row) })
    }
    before.push(value)
  }
  return held
}

function parsed(data: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(data ?? '')
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

describe('at every step of each fixture', () => {
  /** Framing has holds of its own (docs/holds.md): their frames are not those that a reader by the standard sees. */
  const framing = fixtures.filter(({ file }) =>
    file.defects.some((code) => code.startsWith('sse/') && code !== 'sse/event-line-missing'),
  )
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
      'unknown events and `keepalive` before `response.created`': 3,
      'a function or custom tool call without name or `call_id`': 23,
      'argument deltas of a function call that do not begin like JSON': 2,
      "the done of a function call's arguments, and of its item, when both say nothing": 4,
      'the done of a function call whose arguments are cut': 2,
    })
  })

  it('leaves out the fixtures in which a frame is no frame by the standard, and no others', () => {
    expect(framing.map(({ name }) => name)).toEqual([
      'bom',
      'crlf-and-final-blank-line-missing',
      'error-json-appended',
      'error-json-body',
      'event-without-data',
      'frame-limit',
      'frames-glued',
      'html-page',
      'json-body',
      'malformed-frame',
      'ndjson',
      'truncated-mid-frame',
    ])
  })
})
