import type { Sample } from '../samples.js'
import { callEvents } from './call-events.js'
import { aDelta, brokenPlace, brokenText, ofContentPart, ofItem, ofResponse, ofSummaryPart } from './positions.js'
import { brokenSnapshot, fullSnapshot, snapshot, usage } from './snapshots.js'

const statuses = ['queued', 'in_progress', 'completed', 'failed', 'incomplete']
const error = { code: 'server_error', message: 'It broke.' }

/** An event that carries the response at one of `allowed` stages, the first of them by itself. */
function lifecycle(allowed: readonly [string, ...string[]], more = {}, broken: readonly object[] = []): Sample {
  const others = statuses.filter((status) => !allowed.includes(status))
  const unlike = broken.map((patch) => ({ response: { ...snapshot(allowed[0], more), ...patch } }))
  return ofResponse(
    { response: snapshot(allowed[0], more) },
    [...brokenSnapshot(allowed[0], others, more), ...unlike],
    [
      { response: snapshot(allowed[0], { ...more, usage: null, output: [] }) },
      { response: snapshot(allowed[0], { ...more, usage }) },
      ...allowed.map((status) => ({ response: snapshot(status, { ...fullSnapshot, ...more }) })),
    ],
  )
}

const item = { type: 'message', id: 'msg_a', status: 'in_progress', role: 'assistant', content: [] }
const someItem = () =>
  ofResponse(
    { output_index: 0, item },
    [
      ...brokenPlace('output_index'),
      ...[undefined, null, [], {}, { ...item, type: 7 }, { ...item, content: null }].map((value) => ({ item: value })),
    ],
    [{ item: { type: 'some_later_item' } }],
  )

const text = { type: 'output_text', text: '', annotations: [] }
const reasoning = { type: 'reasoning_text', text: '' }
const summary = { type: 'summary_text', text: '' }
const later = { part: { type: 'some_later_part' } }
const broken = (...parts: readonly unknown[]) => [undefined, null, '', {}, ...parts].map((part) => ({ part }))
const contentPart = () =>
  ofContentPart({ part: text }, broken(summary, { type: 'output_text', text: '' }), [
    { part: reasoning },
    { part: { type: 'refusal', refusal: '' } },
    later,
  ])
const reasoningPart = () => ofContentPart({ part: reasoning }, broken(text, summary), [later])
const wholeText = (field: string) => [{ [field]: '' }, brokenText(field)] as const
const likely = [{ logprobs: null }, { logprobs: [] }, { logprobs: [{ token: 'a', logprob: -1, top_logprobs: [{}] }] }]
const unlikely = [{ logprobs: 'a' }, { logprobs: [{ token: 'a' }] }]
const place = { type: 'file_path', file_id: 'file_a', index: 0 }

export const events: Readonly<Record<string, Sample>> = {
  ...callEvents,
  'response.created': lifecycle(['in_progress', 'queued']),
  'response.queued': lifecycle(['queued', 'in_progress']),
  'response.in_progress': lifecycle(['in_progress', 'queued']),
  'response.completed': lifecycle(['completed']),
  'response.incomplete': lifecycle(['incomplete'], { incomplete_details: { reason: 'content_filter' } }),
  'response.failed': lifecycle(['failed'], { error }, [{ error: null }, { error: undefined }]),
  error: ofResponse(
    { error: { message: 'It broke.' } },
    [
      { error: undefined },
      { error: null },
      { error: 'It broke.' },
      { error: {} },
      { error: { message: null } },
      { error: { message: 'It broke.', code: 500 } },
      { message: 7 },
      { code: 500 },
      { param: {} },
    ],
    [
      { error: { type: 'server_error', code: null, message: 'It broke.', param: null } },
      { error: undefined, code: null, message: 'It broke.', param: null },
      { error: { type: 'server_error', ...error, param: 'input' }, ...error, param: 'input' },
    ],
  ),
  keepalive: ofResponse({}, []),
  'response.output_item.added': someItem(),
  'response.output_item.done': someItem(),
  'response.content_part.added': contentPart(),
  'response.content_part.done': contentPart(),
  'response.output_text.delta': ofContentPart(aDelta[0], [...aDelta[1], ...unlikely], [...aDelta[2], ...likely]),
  'response.output_text.done': ofContentPart({ text: '' }, [...brokenText('text'), ...unlikely], likely),
  'response.output_text.annotation.added': ofContentPart(
    { annotation_index: 0, annotation: place },
    [
      ...brokenPlace('annotation_index'),
      ...[undefined, 'x', {}, { ...place, index: '0' }].map((annotation) => ({ annotation })),
    ],
    [{ annotation: null }, { annotation: { type: 'some_later_annotation' } }],
  ),
  'response.refusal.delta': ofContentPart(...aDelta),
  'response.refusal.done': ofContentPart(...wholeText('refusal')),
  'response.reasoning_summary_part.added': ofSummaryPart({ part: summary }, broken(text, reasoning), [later]),
  'response.reasoning_summary_part.done': ofSummaryPart(
    { part: summary },
    [...broken(text, reasoning), { status: 1 }],
    [later, { status: 'incomplete' }],
  ),
  'response.reasoning_summary_text.delta': ofSummaryPart(...aDelta),
  'response.reasoning_summary_text.done': ofSummaryPart(...wholeText('text')),
  'response.reasoning_text.delta': ofContentPart(...aDelta),
  'response.reasoning_text.done': ofContentPart(...wholeText('text')),
  'response.reasoning.delta': ofContentPart(...aDelta),
  'response.reasoning.done': ofContentPart(...wholeText('text')),
  'response.reasoning_part.added': reasoningPart(),
  'response.reasoning_part.done': reasoningPart(),
  'response.compaction.compacting': ofItem(),
  'response.audio.delta': ofResponse(...aDelta),
  'response.audio.done': ofResponse({}, []),
  'response.audio.transcript.delta': ofResponse(...aDelta),
  'response.audio.transcript.done': ofResponse({}, []),
}
