import { describe, expect, it } from 'vitest'
import { judge } from '../oracle/index.js'
import { conform } from './conform.js'
import {
  blockStart,
  blockStop,
  comment,
  delta,
  end,
  error,
  type Frames,
  frame,
  framesOf,
  inputDelta,
  messageDelta,
  messageStop,
  newerDelta,
  ping,
  signatureDelta,
  start,
  textBlock,
  textDelta,
  textStart,
  thinkingBlock,
  thinkingDelta,
  thinkingStart,
  toolBlock,
  toolStart,
} from './stream.js'

type Block = (index: number) => Frames

/** A block of each legal kind, and of each way in which tool arguments may come. */
const blocks: Readonly<Record<string, Block>> = {
  'a text': (index) => textBlock(index, 'A', '', 'B'),
  'an empty text': (index) => textBlock(index),
  'a cited text': (index) => [
    textStart(index),
    delta(index, { type: 'citations_delta', citation: { type: 'char_location', cited_text: 'x' } }),
    textDelta(index, 'A'),
    blockStop(index),
  ],
  thinking: (index) => thinkingBlock(index, 'A', 'B'),
  'thinking without a signature': (index) => [thinkingStart(index), thinkingDelta(index, 'A'), blockStop(index)],
  'thinking with nothing but a signature': (index) => [thinkingStart(index), signatureDelta(index), blockStop(index)],
  'redacted thinking': (index) => [blockStart(index, { type: 'redacted_thinking', data: 'eA' }), blockStop(index)],
  'a newer block': (index) => [blockStart(index, { type: 'later_block' }), newerDelta(index), blockStop(index)],
  'a tool': (index) => toolBlock(index, '', '{"a":', '1}'),
  'a tool without deltas': (index) => toolBlock(index),
  'a tool with an empty delta': (index) => toolBlock(index, ''),
  'a tool with an empty object': (index) => toolBlock(index, '{}'),
  'a tool with an empty object in two pieces': (index) => toolBlock(index, '{', '}'),
  'a tool with an empty object and an empty delta': (index) => toolBlock(index, '{}', ''),
  'a tool with blanks behind its arguments': (index) => toolBlock(index, '{"a":1}', ' ', '\n'),
  'a server tool': (index) => [
    blockStart(index, { type: 'server_tool_use', id: `srvtoolu_${index}`, name: 'web_search', input: {} }),
    inputDelta(index, '{"query":"x"}'),
    blockStop(index),
  ],
  'a server tool with its input in the start': (index) => [
    blockStart(index, { type: 'server_tool_use', id: `srvtoolu_${index}`, name: 'web_search', input: { query: 'x' } }),
    blockStop(index),
  ],
  'a tool called by a program': (index) => [
    toolStart(index, { input: { a: 1 }, caller: { type: 'direct' } }),
    blockStop(index),
  ],
}
/** The same with arguments that are cut, which is legal under `max_tokens` and in front of an error. */
const cutBlocks: Readonly<Record<string, Block>> = {
  'a tool cut behind its first piece': (index) => toolBlock(index, '{"a":'),
  'a tool cut behind a brace': (index) => toolBlock(index, '', '{'),
}
const endings: Readonly<Record<string, (tools: boolean) => Frames>> = {
  'its reason': (tools) => end(tools ? 'tool_use' : 'end_turn'),
  max_tokens: () => end('max_tokens'),
  'several message_delta': () => [messageDelta(null), messageDelta('refusal'), messageStop()],
  'an error': () => error(),
}

/** Noise that may stand anywhere. */
const noise = (): Frames => [ping(), comment(), 'id: 7\n\n', frame({ type: 'message_later' })]

function assertIdentity(frames: readonly string[]): void {
  const text = frames.join('')
  // Who writes a stream here that is not legal shall hear of it.
  expect(judge('messages', Buffer.from(text)).violations).toEqual([])
  const { output, defects } = conform(frames)
  expect(defects).toEqual([])
  expect(output).toBe(text)
}

function withNoise(frames: readonly string[], at: number): string[] {
  return framesOf(frames.slice(0, at), noise(), frames.slice(at))
}

const isClientTool = (block: Block): boolean => framesOf(block(0))[0]?.includes('"tool_use"') === true

describe('a conformant stream comes out byte for byte', () => {
  for (const [ending, ended] of Object.entries(endings)) {
    const legal = Object.entries(ending === 'its reason' ? blocks : { ...blocks, ...cutBlocks })

    for (const [name, block] of legal) {
      const frames = framesOf(start(), block(0), ended(isClientTool(block)))

      it(`with ${name} and ${ending}`, () => assertIdentity(frames))

      it(`with ${name} and ${ending}, and noise anywhere`, () => {
        for (let at = 0; at < frames.length; at++) assertIdentity(withNoise(frames, at))
        assertIdentity(
          frames
            .slice(0, -1)
            .flatMap((each) => framesOf(noise(), each))
            .concat(frames.slice(-1)),
        )
      })

      it(`with ${name} and any other block, and ${ending}`, () => {
        for (const [, other] of legal) {
          const tools = isClientTool(block) || isClientTool(other)
          assertIdentity(framesOf(start(), block(0), other(1), ended(tools)))
          assertIdentity(framesOf(start(), block(0), noise(), other(1), noise(), ended(tools)))
        }
      })
    }
  }
})
