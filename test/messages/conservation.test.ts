import { describe, expect, it } from 'vitest'
import { conform } from './conform.js'
import {
  blockStart,
  blockStop,
  done,
  end,
  error,
  type Frames,
  inputDelta,
  messageDelta,
  messageStop,
  start,
  textBlock,
  textStart,
  toolBlock,
  toolStart,
} from './stream.js'

/** Beginnings in which something waits, and the word that must come out or be reported as dropped. */
const waiting: Readonly<Record<string, Frames>> = {
  'arguments of a tool that was never started': inputDelta(0, '{"word":1}'),
  'arguments of a tool without a name': [toolStart(0, { name: '' }), inputDelta(0, '{"word":1}')],
  'input in the start of a tool': toolStart(0, { input: { word: 1 } }),
  'input in the start of a tool without a name': toolStart(0, { name: '', input: { word: 1 } }),
  'a block behind a cut tool': [toolStart(0), inputDelta(0, '{'), textBlock(1, 'word')],
  'a block behind a cut tool that is stopped': [toolBlock(0, '{'), textBlock(1, 'word')],
  'a signature in the start': blockStart(0, { type: 'thinking', thinking: '', signature: 'word' }),
  'a second set of arguments that is not whole': [toolStart(0), inputDelta(0, '{}{"word":')],
  'text beside an empty block start': [textStart(0), blockStart(0, { type: 'text', text: 'word' })],
}

const endings: Readonly<Record<string, Frames>> = {
  'the end of the body': [],
  '[DONE]': done(),
  'an error': error(),
  'a whole ending': end('tool_use'),
  'a bare message_stop': messageStop(),
  'the ending of a cut message': end('max_tokens'),
  'another block at the same index': [textBlock(0, 'Hi'), end()],
  'another message': start({ id: 'msg_2' }),
}

describe('law 5: nothing is lost without a word', () => {
  for (const [held, frames] of Object.entries(waiting)) {
    for (const [ending, ended] of Object.entries(endings)) {
      it(`${held}, in front of ${ending}`, () => {
        const { output, defects, report } = conform([start(), frames, ended])
        if (output.includes('word')) return
        expect(defects.filter((line) => / dropped @\d+$/.test(line)).join()).not.toBe('')
        expect(report.endState).not.toBe('complete')
      })
    }
  }

  it('a message_delta in front of message_start is moved with a word', () => {
    const { defects } = conform([messageDelta('end_turn'), start(), messageStop()])
    expect(defects).not.toEqual([])
  })

  it('a text block that is left out in front of an error is left out with a word', () => {
    const { output, defects } = conform([start(), textStart(0), error()], { emptyText: 'drop' })
    if (!output.includes('content_block_start')) expect(defects).toEqual(['messages/empty-text-block dropped @2'])
  })

  it('an index is changed with a word, whatever number it was', () => {
    for (const index of [-1, -7, 1.5, 1e21, '0', null, undefined]) {
      for (const frames of [
        [start(), textStart(0), blockStop(index), end()],
        [start(), toolStart(0), inputDelta(index, '{}'), blockStop(0), end('tool_use')],
        [start(), textStart(index), blockStop(0), end()],
      ]) {
        expect(conform(frames).defects, String(index)).not.toEqual([])
      }
    }
  })
})
