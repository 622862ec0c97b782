import type { JsonObject } from '../../../src/defects/protocol.js'
import {
  answer,
  callStart,
  changed,
  choice,
  chunk,
  comment,
  completion,
  counts,
  data,
  delta,
  done,
  end,
  failure,
  finish,
  first,
  opening,
  role,
  text,
  usage,
} from '../stream.js'
import type { Rule, Violation } from './rule.js'

/** One chunk in the middle of an answer with some member changed, and nothing else wrong. */
const enveloped = (when: string, member: string, value: unknown): Violation => ({
  when,
  upstream: [role(), changed(text('Hi'), { [member]: value }), end()],
  output: answer('Hi'),
  defects: [`chat/chunk-envelope rewrote @2 ${member}`],
  endState: 'complete',
})

const indexed = (when: string, index: unknown): Violation => ({
  when,
  upstream: [role(), delta({ content: 'Hi' }, { index }), end()],
  output: answer('Hi'),
  defects: ['chat/chunk-envelope rewrote @2 choices.index'],
  endState: 'complete',
})

const began = (when: string, given: unknown): Violation => ({
  when,
  upstream: [delta({ role: given, content: 'Hi' }), end()],
  output: [delta({ role: 'assistant', content: 'Hi' }), end()],
  defects: ['chat/role-missing-or-invalid rewrote @1 choices.delta.role'],
  endState: 'complete',
})

const parts = (when: string, content: unknown, said: JsonObject): Violation => ({
  when,
  upstream: [role(), text(content), end()],
  output: [role(), delta(said), end()],
  defects: ['chat/content-not-string rewrote @2 delta.content'],
  endState: 'complete',
})

const counted = (when: string, given: unknown, wanted: JsonObject): Violation => ({
  when,
  upstream: [opening('Hi'), finish(), usage({ usage: given }), done()],
  output: [opening('Hi'), finish(), usage({ usage: wanted }), done()],
  defects: ['chat/usage-chunk-shape rewrote @4 usage'],
  endState: 'complete',
})

const azure = { id: '', object: '', created: 0, model: '' }
const message = { role: 'assistant', content: 'Hi' }

/** What chunks are made of: envelope, choices, role, delta, content, usage; and whole bodies in their place. */
export const chunkRules: readonly Rule[] = [
  {
    code: 'chat/chunk-envelope',
    violations: [
      enveloped('the id is missing', 'id', undefined),
      enveloped('the id is null', 'id', null),
      enveloped('the id is empty', 'id', ''),
      enveloped('the id changes', 'id', 'chatcmpl-2'),
      enveloped('object is missing', 'object', undefined),
      enveloped('object is another word', 'object', 'completion.chunk'),
      enveloped('created is missing', 'created', undefined),
      enveloped('created is a string', 'created', '7'),
      enveloped('created is a fraction', 'created', 7.5),
      enveloped('the model is missing', 'model', undefined),
      enveloped('the model is null', 'model', null),
      indexed('a choice has no index', undefined),
      indexed('the index of a choice is a string', '0'),
      indexed('the index of a choice is negative', -1),
      {
        when: 'all ids are empty',
        upstream: [changed(role(), { id: '' }), changed(text('Hi'), { id: '' }), changed(finish(), { id: '' }), done()],
        output: answer('Hi'),
        defects: [
          'chat/chunk-envelope rewrote @1 id',
          'chat/chunk-envelope rewrote @2 id',
          'chat/chunk-envelope rewrote @3 id',
        ],
        endState: 'complete',
      },
      {
        when: 'a chunk has no choices',
        upstream: [role(), chunk(undefined), text('Hi'), end()],
        output: [role(), chunk([]), text('Hi'), end()],
        defects: ['chat/chunk-envelope rewrote @2 choices'],
        endState: 'complete',
      },
      {
        when: 'the choices are one choice',
        upstream: [role(), chunk(choice({ content: 'Hi' })), end()],
        output: answer('Hi'),
        defects: ['chat/chunk-envelope rewrote @2 choices'],
        endState: 'complete',
      },
      {
        when: 'there is no choice among the choices',
        upstream: [role(), chunk([null, choice({ content: 'Hi' })]), end()],
        output: answer('Hi'),
        defects: ['chat/chunk-envelope dropped @2 choices'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'created and model vary',
        upstream: [role(), changed(text('Hi'), { created: 8, model: 'other' }), end()],
      },
      {
        when: 'it is the empty one of the chunk that Azure sends first',
        upstream: [chunk([], { ...azure, prompt_filter_results: [] }), answer('Hi')],
      },
      {
        when: 'it is the empty one of a filter that comes late',
        upstream: [opening('Hi'), chunk([{ index: 0, content_filter_results: {}, finish_reason: null }], azure), end()],
      },
      { when: 'the choices are none', upstream: [role(), chunk([]), text('Hi'), end()] },
      {
        when: 'it has members that we do not know',
        upstream: [role(), changed(text('Hi'), { later: 1, system_fingerprint: null, service_tier: 'default' }), end()],
      },
    ],
  },
  {
    code: 'chat/role-missing-or-invalid',
    violations: [
      began('it is missing', undefined),
      began('it is null', null),
      began('it is empty', ''),
      began('it is model', 'model'),
      {
        when: 'a later delta repeats it',
        upstream: [role(), delta({ role: 'assistant', content: 'Hi' }), end()],
        output: answer('Hi'),
        defects: ['chat/role-missing-or-invalid rewrote @2 choices.delta.role'],
        endState: 'complete',
      },
      {
        when: 'it comes late',
        upstream: [text('A'), delta({ role: 'assistant' }), text('B'), end()],
        output: [delta({ role: 'assistant', content: 'A' }), delta({}), text('B'), end()],
        defects: [
          'chat/role-missing-or-invalid rewrote @1 choices.delta.role',
          'chat/role-missing-or-invalid rewrote @2 choices.delta.role',
        ],
        endState: 'complete',
      },
      {
        when: 'the second choice has none',
        upstream: [role(0), text('B', 1), finish('stop', 0), finish('stop', 1), done()],
        output: [
          role(0),
          delta({ role: 'assistant', content: 'B' }, { index: 1 }),
          finish('stop', 0),
          finish('stop', 1),
          done(),
        ],
        defects: ['chat/role-missing-or-invalid rewrote @2 choices.delta.role'],
        endState: 'complete',
        options: { request: { n: 2 } },
      },
    ],
    nearMisses: [
      {
        when: 'each choice says it once',
        upstream: [role(0), role(1), finish('stop', 0), finish('stop', 1), done()],
        options: { request: { n: 2 } },
      },
      { when: 'later ones are null', upstream: [role(), delta({ role: null, content: 'Hi' }), end()] },
      {
        when: 'a spoken answer says it two times',
        upstream: [
          role(),
          delta({ audio: { data: 'AA==' } }),
          delta({ role: 'assistant', audio: { data: 'AA==' } }),
          usage(),
          done(),
        ],
      },
    ],
  },
  {
    code: 'chat/delta-missing',
    violations: ([undefined, null, 'x', []] as const).map((given) => ({
      when: `it is ${JSON.stringify(given) ?? 'not there'}`,
      upstream: [opening('Hi'), chunk([choice(given, { finish_reason: 'stop' })]), done()],
      output: answer('Hi'),
      defects: ['chat/delta-missing rewrote @3 choices.delta'] as const,
      endState: 'complete' as const,
    })),
    nearMisses: [
      { when: 'it is empty', upstream: [opening('Hi'), delta({}), end()] },
      {
        when: 'a choice has but what a filter found',
        upstream: [opening('Hi'), chunk([{ index: 0, content_filter_results: {} }]), end()],
      },
      {
        when: 'a message stands in its place',
        upstream: [role(), chunk([{ index: 0, message: { content: 'Hi' }, finish_reason: null }]), end()],
        defects: ['chat/content-not-string rewrote @2 choices.message'],
      },
    ],
  },
  {
    code: 'chat/content-not-string',
    violations: [
      parts(
        'it is a list of parts',
        [
          { type: 'text', text: 'H' },
          { type: 'text', text: 'i' },
        ],
        { content: 'Hi' },
      ),
      parts('it is a list of strings', ['H', 'i'], { content: 'Hi' }),
      parts('it is an object around a text', { type: 'text', text: 'Hi' }, { content: 'Hi' }),
      parts('it is a number', 5, { content: '5' }),
      parts(
        'there is thinking among its parts',
        [
          { type: 'thinking', thinking: [{ type: 'text', text: 'R' }] },
          { type: 'text', text: 'Hi' },
        ],
        { reasoning_content: 'R', content: 'Hi' },
      ),
      {
        when: 'a message stands in the place of the delta',
        upstream: [role(), chunk([{ index: 0, message: { content: 'Hi' }, finish_reason: null }]), end()],
        output: answer('Hi'),
        defects: ['chat/content-not-string rewrote @2 choices.message'],
        endState: 'complete',
      },
      {
        when: 'a message repeats what was said',
        upstream: [opening('H', 'i'), chunk([{ index: 0, message, finish_reason: 'stop' }]), done()],
        output: answer('H', 'i'),
        defects: [
          'chat/content-not-string rewrote @4 choices.message',
          'chat/role-missing-or-invalid rewrote @4 choices.delta.role',
        ],
        endState: 'complete',
      },
      {
        when: 'a part is nothing that a delta can say',
        upstream: [role(), text([{ type: 'image_url', image_url: { url: 'x' } }]), end()],
        output: [role(), text(''), finish(), failure('dropped')],
        defects: [
          'chat/content-not-string rewrote @2 delta.content',
          'chat/content-not-string dropped @2 delta.content',
        ],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'it is null', upstream: [role(), delta({ content: null, reasoning_content: 'R' }), text('Hi'), end()] },
      { when: 'it is empty', upstream: answer('', 'Hi') },
      {
        when: 'a message stands beside the delta, where clients do not look',
        upstream: [role(), delta({ content: 'Hi' }, { message: { content: 'Hi' } }), end()],
      },
    ],
  },
  {
    code: 'chat/split-choices',
    violations: [
      {
        when: 'one was asked for, and the call stands in a second',
        upstream: [
          opening('Hi'),
          changed(callStart(0, '{"a":1}'), { choices: [choice({ tool_calls: [first(0, '{"a":1}')] }, { index: 1 })] }),
          finish('tool_calls'),
          done(),
        ],
        output: [opening('Hi'), callStart(0, '{"a":1}'), finish('tool_calls'), done()],
        defects: ['chat/split-choices rewrote @3 choices.index'],
        endState: 'complete',
        options: { request: { n: 1 } },
      },
      {
        when: 'the first index that comes is 1',
        upstream: [role(1), text('Hi', 1), finish('stop', 1), done()],
        output: answer('Hi'),
        defects: [
          'chat/split-choices rewrote @1 choices.index',
          'chat/split-choices rewrote @2 choices.index',
          'chat/split-choices rewrote @3 choices.index',
        ],
        endState: 'complete',
      },
      {
        when: 'both halves stand in one chunk',
        upstream: [role(), chunk([choice({ content: 'H' }), choice({ content: 'i' }, { index: 1 })]), end()],
        output: answer('Hi'),
        defects: ['chat/split-choices rewrote @2 choices.index', 'chat/split-choices rewrote @2 choices'],
        endState: 'complete',
        options: { request: { n: 1 } },
      },
    ],
    nearMisses: [
      {
        when: 'two were asked for',
        upstream: [role(1), role(0), text('A', 0), text('B', 1), finish('stop', 1), finish('stop', 0), done()],
        options: { request: { n: 2 } },
      },
      {
        when: 'it is not known how many were asked for, and the first is 0',
        upstream: [role(0), role(1), finish('stop', 0), finish('stop', 1), done()],
      },
    ],
  },
  {
    code: 'chat/usage-chunk-shape',
    violations: [
      ...([undefined, null] as const).map((choices) => ({
        when: `its choices are ${choices === null ? 'null' : 'missing'}`,
        upstream: [opening('Hi'), finish(), usage({ choices }), done()],
        output: [opening('Hi'), finish(), usage(), done()],
        defects: ['chat/usage-chunk-shape rewrote @4 choices'] as const,
        endState: 'complete' as const,
      })),
      counted('a count is a string', { ...counts, prompt_tokens: '3' }, counts),
      counted('the total is missing', { prompt_tokens: 3, completion_tokens: 5 }, counts),
      counted(
        'a count is null',
        { prompt_tokens: 3, completion_tokens: null, total_tokens: 3 },
        { prompt_tokens: 3, completion_tokens: 0, total_tokens: 3 },
      ),
      counted(
        'a detail is a string',
        { ...counts, prompt_tokens_details: { cached_tokens: '2' } },
        { ...counts, prompt_tokens_details: { cached_tokens: 2 } },
      ),
      {
        when: 'usage is a word',
        upstream: [opening('Hi'), changed(finish(), { usage: 'many' }), done()],
        output: [opening('Hi'), changed(finish(), { usage: null }), done()],
        defects: ['chat/usage-chunk-shape rewrote @3 usage'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'it is right', upstream: [opening('Hi'), finish(), usage(), done()] },
      {
        when: 'usage is null on every chunk but the last',
        upstream: [
          changed(role(), { usage: null }),
          changed(text('Hi'), { usage: null }),
          changed(finish(), { usage: null }),
          usage(),
          done(),
        ],
      },
      {
        when: 'usage is on every chunk',
        upstream: [
          changed(role(), { usage: counts }),
          changed(text('Hi'), { usage: counts }),
          changed(finish(), { usage: counts }),
          done(),
        ],
      },
      {
        when: 'a detail is null',
        upstream: [
          opening('Hi'),
          finish(),
          usage({ usage: { ...counts, prompt_tokens_details: null, later: 'x' } }),
          done(),
        ],
      },
    ],
  },
  {
    code: 'chat/empty-or-null-frames',
    violations: [
      {},
      { type: 'ping' },
      { hook_results: { before_request_hooks: [] } },
      { later: 1 },
      { usage: null },
    ].map((noise) => ({
      when: `the upstream sends ${JSON.stringify(noise)}`,
      upstream: [role(), data(noise), text('Hi'), end()],
      output: answer('Hi'),
      defects: ['chat/empty-or-null-frames dropped @2'] as const,
      endState: 'complete' as const,
    })),
    nearMisses: [
      { when: 'it is to pass', upstream: [role(), data({}), text('Hi'), end()], options: { unknownEvents: 'pass' } },
      { when: 'it is a comment', upstream: [role(), comment(), text('Hi'), end()] },
      { when: 'it is a chunk that says nothing', upstream: [role(), chunk([]), delta({}), text('Hi'), end()] },
      {
        when: 'it is usage and nothing else',
        upstream: [opening('Hi'), finish(), data({ usage: counts }), done()],
        defects: [
          'chat/usage-chunk-shape rewrote @4 choices',
          'chat/chunk-envelope rewrote @4 id',
          'chat/chunk-envelope rewrote @4 object',
          'chat/chunk-envelope rewrote @4 created',
          'chat/chunk-envelope rewrote @4 model',
        ],
      },
    ],
  },
  {
    code: 'chat/non-stream-body',
    violations: [
      {
        when: 'the body is one completion',
        upstream: JSON.stringify(completion([{ index: 0, message, finish_reason: 'stop' }])),
        output: [delta({ role: 'assistant', content: 'Hi' }), changed(finish(), { usage: counts }), done()],
        defects: ['sse/raw-ndjson rewrote @1', 'chat/non-stream-body rewrote @1'],
        endState: 'complete',
      },
      {
        when: 'one frame is a whole completion',
        upstream: [data(completion([{ index: 0, message, finish_reason: 'stop' }], { usage: null })), done()],
        output: [delta({ role: 'assistant', content: 'Hi' }), end()],
        defects: ['chat/non-stream-body rewrote @1'],
        endState: 'complete',
      },
      {
        when: 'it has two choices, and their usage was asked for',
        upstream: data(completion([0, 1].map((index) => ({ index, message, finish_reason: 'stop' })))),
        output: [
          delta({ role: 'assistant', content: 'Hi' }),
          delta({ role: 'assistant', content: 'Hi' }, { index: 1 }),
          finish('stop', 0),
          finish('stop', 1),
          usage(),
          done(),
        ],
        defects: ['chat/non-stream-body rewrote @1'],
        endState: 'complete',
        options: { request: { n: 2, includeUsage: true } },
      },
    ],
    nearMisses: [
      { when: 'a text looks like a completion', upstream: answer(JSON.stringify(completion([]))) },
      {
        when: 'a chunk calls itself a completion',
        upstream: [role(), changed(text('Hi'), { object: 'chat.completion' }), end()],
        defects: ['chat/chunk-envelope rewrote @2 object'],
      },
    ],
  },
  {
    code: 'chat/empty-200',
    violations: [
      {
        when: 'the body is empty',
        upstream: [],
        output: failure('empty'),
        defects: ['chat/empty-200 ended @0'],
        endState: 'empty',
      },
      {
        when: 'there is but the mark of the end',
        upstream: done(),
        output: failure('empty'),
        defects: ['chat/empty-200 ended @1'],
        endState: 'empty',
      },
      {
        when: 'there are but comments',
        upstream: [comment(), comment()],
        output: [comment(), comment(), failure('empty')],
        defects: ['chat/empty-200 ended @2'],
        endState: 'empty',
      },
      {
        when: 'there is but usage',
        upstream: [usage(), done()],
        output: [usage(), failure('empty')],
        defects: ['chat/empty-200 ended @2'],
        endState: 'empty',
      },
    ],
    nearMisses: [
      { when: 'an answer says nothing and is finished', upstream: [role(), end()] },
      {
        when: 'an answer is one call',
        upstream: [delta({ role: 'assistant', tool_calls: [first(0, '{"a":1}')] }), end('tool_calls')],
      },
      {
        when: 'there is but an error',
        upstream: [data({ error: { message: 'Down', type: 'x', param: null, code: 'y' } }), done()],
      },
      { when: 'there is but a role', upstream: role(), defects: ['chat/finish-reason-missing-empty-wrong ended @1'] },
    ],
  },
]
