import { describe, expect, it } from 'vitest'
import { createPipeline } from '../../src/index.js'
import type { Options } from './conform.js'
import {
  blockStart,
  blockStop,
  comment,
  done,
  error,
  type Frames,
  failure,
  frame,
  framesOf,
  inputDelta,
  madeStart,
  messageDelta,
  messageStop,
  ping,
  signatureDelta,
  start,
  textBlock,
  textDelta,
  textOf,
  textStart,
  thinkingDelta,
  thinkingStart,
  toolStart,
} from './stream.js'

/** One frame that comes in, and what goes out in the same push; left out, the frame itself. */
type Step = readonly [incoming: string, outgoing?: Frames]

const encoder = new TextEncoder()

function follow(steps: readonly Step[], options: Options = {}): void {
  const pipeline = createPipeline({ protocol: 'messages', ...options })
  for (const [at, [incoming, outgoing = incoming]] of steps.entries()) {
    let out = ''
    const emit = (bytes: Uint8Array): void => {
      out += Buffer.from(bytes).toString()
    }
    pipeline.push(encoder.encode(incoming), emit)
    expect(out, `frame ${at + 1}`).toBe(textOf(outgoing))
  }
}

describe('in the push that brought it leaves', () => {
  it('everything of a text, a thinking block and a tool with their noise, but message_delta', () => {
    const frames = framesOf(
      comment(),
      start(),
      ping(),
      thinkingStart(0),
      thinkingDelta(0, 'A'),
      comment(),
      signatureDelta(0),
      blockStop(0),
      textStart(1),
      textDelta(1, 'B'),
      ping(),
      blockStop(1),
      toolStart(2),
      inputDelta(2, ''),
      inputDelta(2, '{"a":'),
      ping(),
      comment(),
      inputDelta(2, '1}'),
      blockStop(2),
    )
    follow([
      ...frames.map((each): Step => [each]),
      [messageDelta('tool_use'), ''],
      [messageStop(), [messageDelta('tool_use'), messageStop()]],
    ])
  })

  it('an error, with the message_delta that waited', () => {
    follow([[start()], [messageDelta('end_turn'), ''], [error(), [messageDelta('end_turn'), error()]]])
  })

  it('events that are newer than we are', () => {
    follow([[start()], [frame({ type: 'message_later' })], [blockStart(0, { type: 'later_block' })], [blockStop(0)]])
  })

  it('the start that a first delta needs', () => {
    follow([[textDelta(0, 'A'), [madeStart(), textStart(0), textDelta(0, 'A')]]])
  })

  it('a stop that the upstream forgot, with the next start', () => {
    follow([[start()], [textStart(0)], [textStart(1), [blockStop(0), textStart(1)]]])
  })

  it('the error of ours where the stream cannot go on', () => {
    follow([[start()], [textStart(0)], [textDelta(0, 'A')], [start({ id: 'msg_2' }), failure('spliced')]])
  })

  it('the arguments of a live tool while others wait', () => {
    follow([
      [start()],
      [toolStart(0)],
      [inputDelta(0, '{"a":')],
      [textStart(1), ''],
      [textDelta(1, 'B'), ''],
      [inputDelta(0, '[1,')],
      [ping(), ''],
      [inputDelta(0, '2]}'), [inputDelta(0, '2]}'), blockStop(0), textStart(1), textDelta(1, 'B'), ping()]],
      [textDelta(1, 'C')],
    ])
  })

  it('arguments that the model wrote wrongly, and everything behind them', () => {
    follow([[start()], [toolStart(0)], [inputDelta(0, '{]')], [textStart(1), [blockStop(0), textStart(1)]]])
  })
})

describe('held, as docs/holds.md lists it, is', () => {
  it('message_delta until the next event that is not noise', () => {
    follow([
      [start()],
      [messageDelta(null), ''],
      [ping(), ''],
      [messageDelta('end_turn'), ''],
      [comment(), ''],
      [messageStop(), [messageDelta(null), ping(), messageDelta('end_turn'), comment(), messageStop()]],
    ])
  })

  it('message_delta until [DONE]', () => {
    follow([[start()], [messageDelta('end_turn'), ''], [done(), [messageDelta('end_turn'), messageStop()]]])
  })

  it('the stop of a tool with incomplete JSON, until the JSON is whole', () => {
    follow([
      [start()],
      [toolStart(0)],
      [inputDelta(0, '{"a":')],
      [blockStop(0), ''],
      [inputDelta(0, '1}'), [inputDelta(0, '1}'), blockStop(0)]],
      [textStart(1)],
    ])
  })

  it('the stop of a tool with incomplete JSON, until message_delta', () => {
    follow([
      [start()],
      [toolStart(0)],
      [inputDelta(0, '{"a":')],
      [blockStop(0), ''],
      [messageDelta('max_tokens'), blockStop(0)],
      [messageStop(), [messageDelta('max_tokens'), messageStop()]],
    ])
  })

  it('the stop of a thinking block without a signature, for one frame', () => {
    follow([
      [start()],
      [thinkingStart(0)],
      [thinkingDelta(0, 'A')],
      [blockStop(0), ''],
      [ping(), [blockStop(0), ping()]],
      [thinkingStart(1)],
      [blockStop(1), ''],
      [signatureDelta(1), [signatureDelta(1), blockStop(1)]],
    ])
  })

  it("a tool's start while its name is empty, with its arguments", () => {
    follow([
      [start()],
      [toolStart(0, { name: '' }), ''],
      [inputDelta(0, '{"a":'), ''],
      [ping()],
      [toolStart(0), [toolStart(0), inputDelta(0, '{"a":')]],
      [inputDelta(0, '1}')],
    ])
  })

  it('tool input that a start carries, until the stop', () => {
    follow([
      [start()],
      [toolStart(0, { input: { a: 1 } }), toolStart(0)],
      [blockStop(0), [inputDelta(0, '{"a":1}'), blockStop(0)]],
    ])
  })

  it('tool input that a start carries, until a delta brings it', () => {
    follow([
      [start()],
      [toolStart(0, { input: { a: 1 } }), toolStart(0)],
      [inputDelta(0, '')],
      [inputDelta(0, '{"a":1}')],
      [blockStop(0)],
    ])
  })

  it('a first fragment that may be a placeholder, until the next fragment or the stop', () => {
    follow([
      [start()],
      [toolStart(0)],
      [inputDelta(0, '{}'), ''],
      [inputDelta(0, '{"a":'), inputDelta(0, '{"a":')],
      [inputDelta(0, '1}')],
      [blockStop(0)],
      [toolStart(1)],
      [inputDelta(1, '{}'), ''],
      [blockStop(1), [inputDelta(1, '{}'), blockStop(1)]],
    ])
  })

  it('a block start before any message_start, for one frame', () => {
    follow([[textStart(0), ''], [start(), [start(), textStart(0)]], [textDelta(0, 'A')]])
    follow([
      [textStart(0), ''],
      [textDelta(0, 'A'), [madeStart(), textStart(0), textDelta(0, 'A')]],
    ])
    follow([
      [textStart(0), ''],
      [ping(), [madeStart(), textStart(0), ping()]],
    ])
  })

  it('a message_start with content in it, until the next event', () => {
    const content = [{ type: 'text', text: 'A' }]
    follow([
      [start({ content }), ''],
      [ping(), ''],
      [messageDelta('end_turn'), [start(), textBlock(0, 'A'), ping()]],
      [messageStop(), [messageDelta('end_turn'), messageStop()]],
    ])
  })

  it('a frame that has begun, and broken JSON until the next frame', () => {
    follow([
      [start()],
      ['event: ping\n', ''],
      ['data: {"type":"ping"}\n', ''],
      ['\n', ping()],
      ['event: ping\ndata: {"type":\n\n', ''],
      ['event: ping\ndata: "ping"}\n\n', ping()],
    ])
  })

  it('an empty text block, where those are to be dropped', () => {
    follow(
      [[start()], [textStart(0), ''], [textDelta(0, ''), ''], [textDelta(0, 'A'), [textStart(0), textDelta(0, 'A')]]],
      {
        emptyText: 'drop',
      },
    )
  })
})
