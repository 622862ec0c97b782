import { describe, expect, it } from 'vitest'
import { conform } from './conform.js'
import {
  argsDelta,
  argsDone,
  begin,
  call,
  callAdded,
  callDone,
  callItem,
  completed,
  created,
  custom,
  done,
  event,
  type Frames,
  failed,
  incomplete,
  itemDone,
  message,
  messageAdded,
  messageDone,
  messageItem,
  nested,
  openCall,
  openMessage,
  partAdded,
  reasoningAdded,
  summaryAdded,
  textDelta,
  textDone,
  textPart,
} from './stream.js'

/** Beginnings in which something waits, and the word that must come out or be reported as dropped. */
const waiting: Readonly<Record<string, Frames>> = {
  'arguments of a call that was never announced': argsDelta(0, '{"word":1}'),
  'arguments of a call without a name': [callAdded(0, { name: '' }), argsDelta(0, '{"word":1}')],
  'arguments of a call without a call_id': [callAdded(0, { call_id: undefined }), argsDelta(0, '{"word":1}')],
  'arguments in the announcement of a call': callAdded(0, { arguments: '{"word":1}' }),
  'arguments in the announcement of a call without a name': callAdded(0, { name: '', arguments: '{"word":1}' }),
  'arguments that do not begin like JSON': openCall(0, 'word'),
  'arguments in a done of a call without a name': [callAdded(0, { name: '' }), argsDone(0, '{"word":1}')],
  'arguments behind their done': [call(0, '{}'), argsDelta(0, '{"word":1}')],
  'a call that is only done, and has no name': itemDone(0, callItem(0, '{"word":1}', { name: '' })),
  'text in the announcement of a part': [messageAdded(0), partAdded(0, 0, textPart('word'))],
  'text in the announcement of a message': messageAdded(0, { content: [textPart('word')] }),
  'a summary in the announcement of reasoning': reasoningAdded(0, {
    summary: [{ type: 'summary_text', text: 'word' }],
  }),
  'text behind its done': [message(0, 'Hi'), textDelta(0, 'word')],
  'text that only its done has': [messageAdded(0), partAdded(0), textDone(0, 'word')],
  'text that only the done of its item has': messageDone(0, 'word'),
  'a delta that is an object': [openMessage(0), textDelta(0, { other: 'word' })],
  'an empty custom call and its input': [
    custom(0, ''),
    event('custom_tool_call_input.delta', { item_id: 'ctc_0', output_index: 0, delta: 'word' }),
  ],
}

const endings: Readonly<Record<string, Frames>> = {
  'the end of the body': [],
  '[DONE]': done(),
  'an error': nested(),
  'an error pair': [nested(), failed()],
  'a failure alone': failed(),
  'a terminal without output': completed([]),
  'a terminal of an incomplete response': incomplete([]),
  'another item at the same index': [message(0, 'Hi'), completed([])],
  'another call at the same index': [call(0, '{}'), completed([])],
  'the done of a call, and a terminal': [callDone(0, ''), completed([])],
  'another response': [created({ id: 'resp_2' }), completed([], { id: 'resp_2' })],
}

describe('law 5: nothing is lost without a word', () => {
  for (const [held, frames] of Object.entries(waiting)) {
    for (const [ending, ended] of Object.entries(endings)) {
      it(`${held}, in front of ${ending}`, () => {
        const { output, defects, report } = conform([begin(), frames, ended])
        if (output.includes('word')) return
        // D-45: what an announcement says, and what is not clear, gives way to what comes by deltas and their done.
        const replaced = /announcement|begin like JSON/.test(held) && /at the same index/.test(ending)
        if (replaced) {
          expect(defects.filter((line) => /responses\/(?:tool-|text-only)/.test(line))).not.toEqual([])
          return
        }
        expect(defects.filter((line) => line.includes(' dropped @')).join()).not.toBe('')
        expect(report.endState).not.toBe('complete')
      })
    }
  }

  it('what only the terminal has is sent in front of it', () => {
    const { output, report } = conform([begin(), completed([messageItem(0, ['word']), callItem(1, '{"word":1}')])])
    expect(output.match(/"delta":"[^}]*word/g)).toHaveLength(2)
    expect(report.endState).toBe('complete')
  })

  it('an index is changed with a word, whatever number it was', () => {
    for (const index of [-1, -7, 1.5, 1e21, '0', null, undefined]) {
      const at = { output_index: index as number, item_id: 'msg_0' }
      for (const frames of [
        [messageAdded(at)],
        [messageAdded(0), partAdded(at)],
        [messageAdded(0), partAdded(0), textDelta(at, 'Hi')],
        [messageAdded(0), partAdded(0, index === undefined ? null : index)],
        [reasoningAdded(0), summaryAdded(0, index === undefined ? null : index)],
      ]) {
        expect(conform([begin(), frames], {}, 'cancel').defects, String(index)).not.toEqual([])
      }
    }
  })
})
