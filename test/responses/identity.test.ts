import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/defects/protocol.js'
import { judge } from '../oracle/index.js'
import { conform } from './conform.js'
import { fixtures } from './fixtures.js'
import {
  added,
  argsDelta,
  begin,
  call,
  callAdded,
  callDone,
  callItem,
  changed,
  closeMessage,
  comment,
  completed,
  created,
  custom,
  customItem,
  event,
  type Frames,
  failed,
  failedPair,
  frame,
  framesOf,
  incomplete,
  itemDone,
  message,
  messageAdded,
  messageDone,
  messageItem,
  nested,
  numbered,
  openMessage,
  partAdded,
  partDone,
  queued,
  raw,
  rawItem,
  reasoningAdded,
  reasoningItem,
  refusal,
  refusalItem,
  summary,
  textDelta,
  textDone,
  textOf,
  textPart,
} from './stream.js'

/** One item: its events, and what the terminal says of it. */
interface Script {
  readonly frames: (at: number) => Frames
  readonly item: (at: number) => JsonObject
}

/** An item that consists of its announcement, some events that name nothing but it, and its done. */
function hosted(prefix: string, item: JsonObject, types: readonly string[] = [], start: JsonObject = {}): Script {
  const whole = (at: number) => ({ id: `${prefix}_${at}`, ...item })
  return {
    item: whole,
    frames: (at) => [
      added(at, { ...whole(at), ...start }),
      types.map((type) => event(type, { item_id: `${prefix}_${at}`, output_index: at })),
      itemDone(at, whole(at)),
    ],
  }
}

const mcp = { type: 'mcp_call', name: 'ask', server_label: 's', arguments: '{"a":1}', output: 'x' }

/** An item of each kind, and of each way in which a text or arguments may come. */
const items: Readonly<Record<string, Script>> = {
  'a message': { frames: (at) => message(at, 'A', '', 'B'), item: (at) => messageItem(at, ['AB']) },
  'a message without parts': {
    frames: (at) => [messageAdded(at), messageDone(at)],
    item: (at) => messageItem(at, []),
  },
  'a message of an empty text': {
    frames: (at) => [openMessage(at), closeMessage(at, '')],
    item: (at) => messageItem(at, ['']),
  },
  'a message of two parts': {
    frames: (at) => [
      openMessage(at, 'A'),
      textDone(at, 'A'),
      partDone(at, 'A'),
      partAdded(at, 1),
      textDelta(at, 'B', 1),
      textDone(at, 'B', 1),
      partDone(at, 'B', 1),
      messageDone(at, 'A', 'B'),
    ],
    item: (at) => messageItem(at, ['A', 'B']),
  },
  'a cited message': {
    frames: (at) => {
      const annotations = [{ type: 'url_citation', url: 'u', title: 't', start_index: 0, end_index: 1 }]
      const place = { item_id: `msg_${at}`, output_index: at, content_index: 0 }
      const part = { ...textPart('A'), annotations }
      return [
        openMessage(at, 'A'),
        event('output_text.annotation.added', { ...place, annotation_index: 0, annotation: annotations[0] }),
        textDone(at, 'A'),
        event('content_part.done', { ...place, part }),
        itemDone(at, messageItem(at, [], { content: [part] })),
      ]
    },
    item: (at) => {
      const annotations = [{ type: 'url_citation', url: 'u', title: 't', start_index: 0, end_index: 1 }]
      return messageItem(at, [], { content: [{ ...textPart('A'), annotations }] })
    },
  },
  'a refusal': { frames: (at) => refusal(at, 'No'), item: (at) => refusalItem(at, 'No') },
  'reasoning with a summary': { frames: (at) => summary(at, 'S'), item: (at) => reasoningItem(at, ['S']) },
  'reasoning with raw text': { frames: (at) => raw(at, 'R'), item: (at) => rawItem(at, 'R') },
  'reasoning that is encrypted': {
    frames: (at) => [reasoningAdded(at), itemDone(at, reasoningItem(at, [], { encrypted_content: 'eA' }))],
    item: (at) => reasoningItem(at, [], { encrypted_content: 'eA' }),
  },
  'a call': { frames: (at) => call(at, '{"a":', '1}'), item: (at) => callItem(at, '{"a":1}') },
  'a call with an empty object': { frames: (at) => call(at, '{}'), item: (at) => callItem(at, '{}') },
  'a call with blanks around its arguments': {
    frames: (at) => call(at, ' {"a":1}', '\n'),
    item: (at) => callItem(at, ' {"a":1}\n'),
  },
  'a custom call': { frames: (at) => custom(at, 'ls -l'), item: (at) => customItem(at, 'ls -l') },
  'an MCP call': {
    frames: (at) => [
      added(at, { id: `mcp_${at}`, ...mcp, arguments: '', output: null }),
      event('mcp_call.in_progress', { item_id: `mcp_${at}`, output_index: at }),
      event('mcp_call_arguments.delta', { item_id: `mcp_${at}`, output_index: at, delta: mcp.arguments }),
      event('mcp_call_arguments.done', { item_id: `mcp_${at}`, output_index: at, arguments: mcp.arguments }),
      event('mcp_call.completed', { item_id: `mcp_${at}`, output_index: at }),
      itemDone(at, { id: `mcp_${at}`, ...mcp }),
    ],
    item: (at) => ({ id: `mcp_${at}`, ...mcp }),
  },
  'a web search': hosted(
    'ws',
    { type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'x' } },
    ['web_search_call.in_progress', 'web_search_call.searching', 'web_search_call.completed'],
    { status: 'in_progress' },
  ),
  'a file search': hosted(
    'fs',
    { type: 'file_search_call', status: 'completed', queries: ['x'], results: null },
    ['file_search_call.in_progress', 'file_search_call.searching', 'file_search_call.completed'],
    { status: 'in_progress', queries: [] },
  ),
  compaction: hosted('cmp', { type: 'compaction', encrypted_content: 'eA' }),
  'a newer item': hosted('later', { type: 'later_item', later: 1 }),
}

const outputOf = (scripts: readonly Script[]): JsonObject[] => scripts.map(({ item }, at) => item(at))

const endings: Readonly<Record<string, (scripts: readonly Script[]) => Frames>> = {
  completed: (scripts) => completed(outputOf(scripts)),
  incomplete: (scripts) => incomplete(outputOf(scripts)),
  "OpenAI's error pair": () => [nested(), failed()],
  'the error pair of ours': () => failedPair('Down', 'server_error', 'server_error'),
}

/** Noise that may stand anywhere behind the beginning. */
const noise = (): Frames => [comment(), 'id: 7\n\n', frame({ type: 'keepalive' }), event('later', { later: 1 })]

function assertIdentity(frames: readonly string[]): void {
  const text = frames.join('')
  // Who writes a stream here that is not legal shall hear of it.
  expect(judge('responses', Buffer.from(text)).violations).toEqual([])
  const { output, defects } = conform(frames)
  expect(defects).toEqual([])
  expect(output).toBe(text)
}

const answer = (scripts: readonly Script[], ended: (scripts: readonly Script[]) => Frames): string[] =>
  framesOf(
    begin(),
    scripts.map(({ frames }, at) => frames(at)),
    ended(scripts),
  )

describe('a conformant stream comes out byte for byte', () => {
  for (const [ending, ended] of Object.entries(endings)) {
    for (const [name, script] of Object.entries(items)) {
      it(`with ${name}, and ${ending}`, () => assertIdentity(answer([script], ended)))

      it(`with ${name} behind each other item, and ${ending}`, () => {
        for (const other of Object.values(items)) assertIdentity(answer([other, script], ended))
      })

      it(`with ${name}, ${ending}, and noise anywhere`, () => {
        const frames = answer([script], ended)
        const last = frames.length - (['completed', 'incomplete'].includes(ending) ? 1 : 2)
        for (let at = 2; at <= last; at++) assertIdentity(framesOf(frames.slice(0, at), noise(), frames.slice(at)))
      })
    }
  }

  it('with numbers, from 0 and from elsewhere, and with gaps', () => {
    const frames = framesOf(begin(), message(0, 'A', 'B'), call(1, '{}'))
    const whole = [...frames, completed([messageItem(0, ['AB']), callItem(1, '{}')])]
    assertIdentity(numbered(whole))
    expect(conform(numbered(whole, 7))).toMatchObject({ output: textOf(numbered(whole, 7)), defects: [] })
    const gaps = whole.map((each, at) => changed(each, { sequence_number: at * 3 }))
    expect(conform(gaps)).toMatchObject({ output: textOf(gaps), defects: [] })
  })

  it('with queued between the two that begin it', () => {
    assertIdentity(
      framesOf(created(), queued(), begin().slice(1), message(0, 'Hi'), completed([messageItem(0, ['Hi'])])),
    )
  })

  it('with items that are interleaved', () => {
    assertIdentity(
      framesOf(
        begin(),
        openMessage(0, 'A'),
        callAdded(1),
        argsDelta(1, '{"a":'),
        textDelta(0, 'B'),
        argsDelta(1, '1}'),
        closeMessage(0, 'AB'),
        event('function_call_arguments.done', { item_id: 'fc_1', output_index: 1, name: 'look', arguments: '{"a":1}' }),
        callDone(1, '{"a":1}'),
        completed([messageItem(0, ['AB']), callItem(1, '{"a":1}')]),
      ),
    )
  })

  it('with arguments that are cut, where the response is incomplete', () => {
    const cut = callItem(0, '{"a":', { status: 'incomplete' })
    assertIdentity(
      framesOf(
        begin(),
        callAdded(0),
        argsDelta(0, '{"a":'),
        event('function_call_arguments.done', { item_id: 'fc_0', output_index: 0, name: 'look', arguments: '{"a":' }),
        itemDone(0, cut),
        incomplete([cut]),
      ),
    )
  })

  it('with line ends in CRLF', () => {
    const text = textOf(begin(), message(0, 'Hi'), completed([messageItem(0, ['Hi'])])).replaceAll('\n', '\r\n')
    expect(conform(text)).toMatchObject({ output: text, defects: [] })
  })
})

describe('a fixture without defects comes out byte for byte', () => {
  const conformant = fixtures.filter(({ file }) => file.defects.length === 0)

  it('which are those that are called conformant, and those that show an observation or an option', () => {
    const others = conformant.map(({ name }) => name).filter((name) => !name.startsWith('conformant-'))
    expect(others).toEqual(['snapshot-diverges', 'tool-args-malformed', 'usage-null', 'vendor-event-pass'])
    expect(fixtures.filter(({ name, file }) => name.startsWith('conformant-') && file.defects.length > 0)).toEqual([])
  })

  for (const { name, file, upstream } of conformant) {
    it(name, () => {
      const text = Buffer.from(upstream).toString('utf8')
      const { output, defects } = conform(upstream, file.options)
      expect(defects).toEqual([])
      const done = 'data: [DONE]\n\n'
      if (file.options?.done === 'open-responses') expect(output).toBe(text.endsWith(done) ? text : text + done)
      // D-4: what stands behind the terminal stays there, the mark of the end for one.
      else expect(output).toBe(text.slice(0, text.length - (text.endsWith(done) ? done.length : 0)))
    })
  }
})
