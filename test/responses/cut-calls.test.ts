import { describe, expect, it } from 'vitest'
import { conform, eventsOf } from './conform.js'
import {
  argsDelta,
  argsDone,
  begin,
  callAdded,
  callDone,
  callItem,
  closeCall,
  completed,
  done,
  type Frames,
  failed,
  incomplete,
  itemDone,
  message,
  messageItem,
  nested,
  openCall,
  textOf,
} from './stream.js'

const half = '{"a":'
const whole = '{"a":1}'
const cutCall = [openCall(0, half), closeCall(0, half)]

describe('a call whose arguments are cut when it is done', () => {
  const endings: Readonly<Record<string, Frames>> = {
    'the body is over': [],
    '[DONE] comes': [done()],
    'the response claims to be complete': [completed([callItem(0, half)])],
    'the response claims to be complete, and lists nothing': [completed([])],
    'the upstream says that it failed': [nested(), failed()],
  }
  const tellings: Readonly<Record<string, Frames>> = {
    'in every event': cutCall,
    'without the done of its arguments': [openCall(0, half), callDone(0, half)],
    'without an announcement': [callDone(0, half)],
    'without deltas': [callAdded(0), callDone(0, half)],
    'without a call_id': [
      callAdded(0, { call_id: undefined }),
      argsDelta(0, half),
      argsDone(0, half),
      itemDone(0, callItem(0, half, { call_id: undefined })),
    ],
    'and done twice': [openCall(0, half), callDone(0, half), callDone(0, half)],
    'with a message behind it': [cutCall, message(1, 'Hi')],
  }
  for (const [how, frames] of Object.entries(tellings)) {
    for (const [when, ending] of Object.entries(endings)) {
      it(`is not given to a client to run, told ${how}, when ${when}`, () => {
        const { output, report } = conform([begin(), frames, ending])
        expect(output).toContain('event: response.failed')
        expect(output).not.toMatch(/"response\.output_item\.done".*"function_call"/)
        expect(report.defects.map(({ code }) => code)).toContain('responses/tool-args-cut')
        const again = conform(output)
        expect([again.output, again.defects]).toEqual([output, []])
      })
    }
  }

  it('is not given to a client to run when only the terminal tells of it', () => {
    const { output, defects } = conform([begin(), completed([callItem(0, half)])])
    expect(eventsOf(output).slice(0, 4)).toEqual(eventsOf(textOf(begin(), callAdded(0), argsDelta(0, half))))
    expect(output).not.toContain('output_item.done')
    expect(defects.at(-1)).toBe('responses/tool-args-cut ended @3')
  })

  it('is done when the response says that it is incomplete, behind what came in between', () => {
    const upstream = [openCall(0, half), argsDone(0, half), callDone(0, half), message(1, 'Hi')]
    const items = [callItem(0, half), messageItem(1, ['Hi'])]
    const { output, report } = conform([begin(), upstream, incomplete(items)])
    expect(report.endState).toBe('complete')
    expect(output).toBe(
      textOf(begin(), openCall(0, half), argsDone(0, half), message(1, 'Hi'), callDone(0, half), incomplete(items)),
    )
  })

  it('is done with the arguments that the terminal has whole', () => {
    const { output, report } = conform([begin(), openCall(0, half), callDone(0, half), completed([callItem(0, whole)])])
    expect(report.endState).toBe('complete')
    expect(eventsOf(output).at(-2)).toEqual(eventsOf(textOf(callDone(0, whole)))[0])
  })

  it('is done with the arguments that come behind its done', () => {
    const late = [openCall(0, half), callDone(0, half), argsDelta(0, '1}')]
    for (const ending of [done(), completed([callItem(0, whole)])]) {
      const { output, report } = conform([begin(), late, ending])
      expect(report.endState).toBe('complete')
      expect(eventsOf(output).at(-2)).toEqual(eventsOf(textOf(callDone(0, whole)))[0])
    }
  })
})
