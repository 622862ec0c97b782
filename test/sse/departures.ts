import type { Code } from '../../src/index.js'
import type { Dispatch } from './strict-cases.js'

/** A body that the salvaging mode reads otherwise than the standard, or reports although it reads it alike. */
export interface Departure {
  readonly name: string
  readonly body: string
  readonly strict: readonly Dispatch[]
  /** Left out where the same is dispatched and only a defect is reported. */
  readonly salvaged?: readonly Dispatch[]
  readonly codes: readonly Code[]
}

/** The one list of what salvage does that the standard does not: each rule in its smallest form. */
export const departures: readonly Departure[] = [
  {
    name: 'T4: an event that no blank line ends is dispatched',
    body: 'data: a\n\ndata: b\n',
    strict: [['message', 'a', '']],
    salvaged: [
      ['message', 'a', ''],
      ['message', 'b', ''],
    ],
    codes: ['sse/no-final-blank-line'],
  },
  {
    name: 'T4: also where not even its line has ended',
    body: 'id: 9\ndata: [DONE]',
    strict: [],
    salvaged: [['message', '[DONE]', '9']],
    codes: ['sse/no-final-blank-line'],
  },
  {
    name: 'T4: what is left of an event is reported and not dispatched',
    body: 'data: a\n\ndata: {"b":',
    strict: [['message', 'a', '']],
    codes: ['sse/no-final-blank-line'],
  },
  {
    name: 'T4: so is what is left of a comment',
    body: 'data: a\n\n: wai',
    strict: [['message', 'a', '']],
    codes: ['sse/no-final-blank-line'],
  },
  {
    name: 'T3: events with empty data are dropped',
    body: 'data:\n\ndata\ndata\n\nevent: tick\ndata: \n\ndata: a\n\n',
    strict: [
      ['message', '', ''],
      ['message', '\n', ''],
      ['tick', '', ''],
      ['message', 'a', ''],
    ],
    salvaged: [['message', 'a', '']],
    codes: ['sse/data-empty-or-null', 'sse/data-empty-or-null', 'sse/data-empty-or-null'],
  },
  {
    name: '41: so is null',
    body: 'data: null\n\ndata: a\n\n',
    strict: [
      ['message', 'null', ''],
      ['message', 'a', ''],
    ],
    salvaged: [['message', 'a', '']],
    codes: ['sse/data-empty-or-null'],
  },
  {
    name: '41: an event line without data is dropped as well',
    body: 'event: ping\n\ndata: a\n\n',
    strict: [['message', 'a', '']],
    codes: ['sse/data-empty-or-null'],
  },
  {
    name: 'T5: an object ends where the data line of the next one begins',
    body: 'event: x\ndata: {"a":1}\nevent: y\ndata: {"b":2}\n\n',
    strict: [['y', '{"a":1}\n{"b":2}', '']],
    salvaged: [
      ['x', '{"a":1}', ''],
      ['y', '{"b":2}', ''],
    ],
    codes: ['sse/frame-separator-missing'],
  },
  {
    name: 'T5: two objects on one line are parted',
    body: 'data: {"a":1}{"b":2}\n\n',
    strict: [['message', '{"a":1}{"b":2}', '']],
    salvaged: [
      ['message', '{"a":1}', ''],
      ['message', '{"b":2}', ''],
    ],
    codes: ['sse/frame-separator-missing'],
  },
  {
    name: 'T6: a second prefix is taken off',
    body: 'data: data: {"a":1}\n\n',
    strict: [['message', 'data: {"a":1}', '']],
    salvaged: [['message', '{"a":1}', '']],
    codes: ['sse/double-data-prefix'],
  },
  {
    name: 'T2: a comment behind a prefix is a comment again',
    body: 'data: : waiting\n\ndata: a\n\n',
    strict: [
      ['message', ': waiting', ''],
      ['message', 'a', ''],
    ],
    salvaged: [['message', 'a', '']],
    codes: ['sse/data-comment'],
  },
  {
    name: '52: leading blanks of a known field are taken off',
    body: ' event: x\n\tdata: a\n\n',
    strict: [],
    salvaged: [['x', 'a', '']],
    codes: ['sse/sse-whitespace'],
  },
  {
    name: 'D-7: bare CR is read alike, and reported once for each block',
    body: 'data: a\r\rdata: b\r\r',
    strict: [
      ['message', 'a', ''],
      ['message', 'b', ''],
    ],
    codes: ['sse/sse-whitespace', 'sse/sse-whitespace'],
  },
  {
    name: 'W-3: the sentinel is the sentinel in any case and between blanks',
    body: 'data:  [done] \n\n',
    strict: [['message', ' [done] ', '']],
    salvaged: [['message', '[DONE]', '']],
    codes: ['sse/sse-whitespace'],
  },
  {
    name: 'T8: a byte order mark is read alike, and reported',
    body: '\ufeffdata: a\n\n',
    strict: [['message', 'a', '']],
    codes: ['sse/bom'],
  },
  {
    name: 'T8: a byte order mark in front of a later field is taken off as a blank is',
    body: 'data: a\n\n\ufeffdata: b\n\n',
    strict: [['message', 'a', '']],
    salvaged: [
      ['message', 'a', ''],
      ['message', 'b', ''],
    ],
    codes: ['sse/sse-whitespace'],
  },
  {
    name: 'T7: JSON without a prefix is an event',
    body: 'data: a\n\n{"b":2}\n',
    strict: [['message', 'a', '']],
    salvaged: [
      ['message', 'a', ''],
      ['message', '{"b":2}', ''],
    ],
    codes: ['sse/raw-ndjson'],
  },
  {
    name: 'T11: a JSON object that was cut over two events is joined',
    body: 'event: x\ndata: {"a":\n\ndata: 1}\n\n',
    strict: [
      ['x', '{"a":', ''],
      ['message', '1}', ''],
    ],
    salvaged: [['x', '{"a":1}', '']],
    codes: ['sse/data-malformed-json'],
  },
  {
    name: '53: a keep-alive word is dropped',
    body: 'data: ping\n\ndata: a\n\n',
    strict: [
      ['message', 'ping', ''],
      ['message', 'a', ''],
    ],
    salvaged: [['message', 'a', '']],
    codes: ['sse/data-malformed-json'],
  },
  {
    name: 'R-E12: the field `error` is an error event',
    body: 'error: {"a":1}\n\n',
    strict: [],
    salvaged: [['error', '{"a":1}', '']],
    codes: ['errors/err-field-old'],
  },
  {
    name: '9: a body that is no event stream is reported, and dispatches nothing',
    body: '<html>\n\nsorry\n\n</html>\n',
    strict: [],
    codes: ['sse/not-a-stream'],
  },
]

/** The cases of ../shared on which the same rules act, by their names there. */
export const sharedDepartures: Readonly<Record<string, Pick<Departure, 'salvaged' | 'codes'>>> = {
  'wpt:format-bom': {
    salvaged: [
      ['message', '1', ''],
      ['message', '2', ''],
      ['message', '3', ''],
    ],
    codes: ['sse/bom', 'sse/sse-whitespace'],
  },
  'wpt:format-bom-2': {
    salvaged: [
      ['message', '1', ''],
      ['message', '2', ''],
      ['message', '3', ''],
    ],
    codes: ['sse/bom', 'sse/sse-whitespace'],
  },
  'wpt:format-comments': { codes: ['sse/sse-whitespace'] },
  'wpt:format-data-before-final-empty-line': {
    salvaged: [
      ['message', 'test1', ''],
      ['message', 'test2', 'test'],
    ],
    codes: ['sse/no-final-blank-line'],
  },
  'wpt:format-field-data': {
    salvaged: [['message', 'test', '']],
    codes: ['sse/data-empty-or-null', 'sse/data-empty-or-null'],
  },
  // Both have a line ` data…` whose leading blank salvage takes off.
  'wpt:format-field-parsing': { salvaged: [['message', '\0\n 2\n1\n3\n\n32\n4', '']], codes: ['sse/sse-whitespace'] },
  'wpt:format-field-unknown': { salvaged: [['message', 'test\n\n\ntest', '']], codes: ['sse/sse-whitespace'] },
  'wpt:format-leading-space': { codes: ['sse/sse-whitespace'] },
  'wpt:event-data (message2.py)': {
    salvaged: [
      ['message', 'msg\nmsg', ''],
      ['message', 'end', ''],
    ],
    codes: ['sse/data-empty-or-null'],
  },
  'html:example data/data data/incomplete': {
    salvaged: [],
    codes: ['sse/data-empty-or-null', 'sse/data-empty-or-null', 'sse/no-final-blank-line'],
  },
  'x:CR only': { codes: ['sse/sse-whitespace', 'sse/sse-whitespace'] },
  'x:EOF no blank line (data: [DONE])': {
    salvaged: [
      ['message', '{"a":1}', ''],
      ['message', '[DONE]', ''],
    ],
    codes: ['sse/no-final-blank-line'],
  },
  'x:EOF one newline': {
    salvaged: [
      ['message', '{"a":1}', ''],
      ['message', '[DONE]', ''],
    ],
    codes: ['sse/no-final-blank-line'],
  },
  'x:event without data not dispatched, type reset': { codes: ['sse/data-empty-or-null'] },
  'x:leading whitespace field ignored': {
    salvaged: [
      ['message', 'no', ''],
      ['message', 'yes', ''],
    ],
    codes: ['sse/sse-whitespace'],
  },
  'x:data lines w/o blank between objects (joined by LF)': {
    salvaged: [
      ['message', '{"a":1}', ''],
      ['message', '{"b":2}', ''],
    ],
    codes: ['sse/frame-separator-missing'],
  },
  'x:line w/o colon "data"': { salvaged: [], codes: ['sse/data-empty-or-null'] },
}

/** The own cases on which they act. */
export const ownDepartures: Readonly<Record<string, Pick<Departure, 'salvaged' | 'codes'>>> = {
  'the type does not outlive its block, dispatched or not': { codes: ['sse/data-empty-or-null'] },
  'a field without a colon has the empty value': {
    salvaged: [],
    codes: ['sse/data-empty-or-null', 'sse/data-empty-or-null'],
  },
  'CR alone ends lines, the last one too': { codes: ['sse/sse-whitespace', 'sse/sse-whitespace'] },
  'line ends may be mixed': { codes: ['sse/sse-whitespace', 'sse/sse-whitespace'] },
  'names are case-sensitive and not trimmed': {
    salvaged: [['message', 'b\nf', '']],
    codes: ['sse/sse-whitespace'],
  },
  'one byte order mark in front is taken off': { codes: ['sse/bom'] },
  'a second byte order mark is part of a name': {
    salvaged: [
      ['message', 'a', ''],
      ['message', 'b', ''],
    ],
    codes: ['sse/bom', 'sse/sse-whitespace'],
  },
  'a byte order mark further on is part of a name': {
    salvaged: [
      ['message', 'a', ''],
      ['message', 'b', ''],
      ['message', '\ufeffc', ''],
    ],
    codes: ['sse/sse-whitespace'],
  },
  'a block that no blank line ends is thrown away': {
    salvaged: [
      ['message', 'a', ''],
      ['message', 'b', '4'],
    ],
    codes: ['sse/no-final-blank-line'],
  },
  'so is a line that nothing ends': {
    salvaged: [
      ['message', 'a', ''],
      ['message', '[DONE]', ''],
    ],
    codes: ['sse/no-final-blank-line'],
  },
  'two objects without a blank line between them are one event': {
    salvaged: [
      ['message', '{"a":1}', ''],
      ['message', '{"b":2}', ''],
    ],
    codes: ['sse/frame-separator-missing'],
  },
}
