import { describe, expect, it } from 'vitest'
import { conform, type Options } from './conform.js'
import {
  args,
  calling,
  callStart,
  calls,
  changed,
  chunk,
  comment,
  data,
  delta,
  done,
  end,
  error,
  type Frames,
  finish,
  first,
  role,
  text,
  usage,
} from './stream.js'

/** Beginnings in which something waits or stands in the wrong place, and the word that must come out or be reported as dropped. */
const waiting: Readonly<Record<string, readonly [Frames, Options?]>> = {
  'a text with a finish reason': [delta({ content: 'word' }, { finish_reason: 'stop' })],
  'a text as the first thing': [delta({ content: 'word' }, { finish_reason: 'stop' })],
  'a text in parts': [text([{ type: 'text', text: 'word' }])],
  'a text in a part that we do not know': [text([{ type: 'later', later: 'word' }])],
  'a text that is an object': [text({ later: 'word' })],
  'a text under message': [chunk([{ index: 0, message: { content: 'word' } }])],
  'a text in both halves of a chunk': [
    chunk([
      { index: 0, delta: { content: 'wo' } },
      { index: 1, delta: { content: 'rd' } },
    ]),
    { request: { n: 1 } },
  ],
  'a text of another choice': [text('word', 3), { request: { n: 1 } }],
  'reasoning in parts': [text([{ type: 'thinking', thinking: 'word' }])],
  'reasoning beside reasoning in parts': [
    delta({ reasoning_content: 'wo', content: [{ type: 'thinking', thinking: 'rd' }] }),
  ],
  'reasoning under the other name': [delta({ reasoning: 'word' }), { reasoning: 'reasoning_content' }],
  'a refusal': [delta({ refusal: 'word' })],
  'arguments of a call without a name': [calls([first(0, '', { function: { arguments: '{"word":1}' } })])],
  'arguments of a call behind one without a name': [
    calls([first(0, '', { function: { arguments: '{}' } }), first(1, '{"word":1}')]),
  ],
  'arguments behind half a name': [
    [calls([first(0, '', { function: { name: 'lo' } })]), args('{"word":1}')],
    { request: { tools: ['look'] } },
  ],
  'arguments as an object': [callStart(0, { word: 1 })],
  'arguments behind {}': [[callStart(0, '{}'), args('{"word":1}')]],
  'arguments behind {} and a text': [[callStart(0, '{}'), text('x'), args('{"word":1}')]],
  'arguments behind whole arguments': [[callStart(0, '{"a":1}'), args('{"word":1}')]],
  'arguments under another name': [
    [callStart(0), calls([{ index: 0, function: { name: 'run', arguments: '{"word":1}' } }])],
  ],
  'arguments under no index': [[callStart(0), calls([{ function: { arguments: '{"word":1}' } }])]],
  'arguments under an index that nothing began': [[callStart(0, '{}'), args('{"word":1}', 4)]],
  'arguments of calls that are an object': [delta({ tool_calls: { a: first(0, '{"word":1}') } })],
  'calls that are a string': [delta({ tool_calls: 'word' })],
  'an old function_call': [delta({ function_call: { name: 'look', arguments: '{"word":1}' } })],
  'the input of a custom call without a name': [
    calls([{ index: 0, id: 'c', type: 'custom', custom: { input: 'word' } }]),
  ],
  'a text beside an error': [changed(text('word'), { error: { message: 'Down', code: 500 } })],
  'a text behind a finish': [[finish(), text('word')]],
}

const endings: Readonly<Record<string, Frames>> = {
  'the end of the body': [],
  '[DONE]': done(),
  'a finish': end(),
  'a finish of calls': end('tool_calls'),
  'a finish of length': end('length'),
  'usage and [DONE]': [usage(), done()],
  'an error': error(),
  'an error beside a text': changed(text('x'), { error: { message: 'Down', code: 500 } }),
  'comments, and more text': [comment(), text('x'), end()],
  'another call, and a finish': [callStart(7, '{"b":2}'), end('tool_calls')],
  'the same index again': [callStart(0, '{"b":2}', { id: 'other' }), end('tool_calls')],
  'a mangled frame': data('{"choices":'),
}

describe('law 5: nothing is lost without a word', () => {
  for (const [held, [frames, options]] of Object.entries(waiting)) {
    for (const [ending, ended] of Object.entries(endings)) {
      it(`${held}, in front of ${ending}`, () => {
        const before = held === 'a text as the first thing' ? [] : role()
        const { output, defects, report } = conform([before, frames, ended], options)
        const said = output.match(/word|\bwo"|\brd"/g) ?? []
        if (said.length > 0) {
          expect(said.join('').replaceAll('"', '')).toBe('word')
          return
        }
        expect(defects.filter((line) => line.includes(' dropped @')).join()).not.toBe('')
        expect(report.endState).not.toBe('complete')
      })
    }
  }

  it('and nothing comes twice', () => {
    for (const upstream of [
      [role(), text('word'), chunk([{ index: 0, message: { content: 'word' }, finish_reason: 'stop' }]), done()],
      calling(callStart(0, '{"word":1}'), callStart(0, '{"word":1}')),
      calling(callStart(0), args('{"word"'), args(':1}'), args('{"word":1}')),
    ]) {
      const { output, report } = conform(upstream)
      expect(output.match(/word/g)).toHaveLength(1)
      expect(report.endState).toBe('complete')
    }
  })
})
