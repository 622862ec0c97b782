import * as schemas from '../../../src/schemas/index.js'
import { type ChatSample, custom, each, first, noIndex, noName } from './values.js'

export const calls: Readonly<Record<string, ChatSample>> = {
  functionToolCallDelta: {
    schema: schemas.functionToolCallDelta,
    minimal: first,
    valid: [
      { index: 0, function: { arguments: '{"a":' } },
      { index: 0, id: 'call_a', function: { arguments: '1}' } },
      { index: 3, function: {} },
    ],
    broken: [
      ...noIndex,
      ...noName('id'),
      { id: undefined },
      ...each(['type'], [undefined, null, '', 'custom', 'some_later_tool']),
      ...each(['function'], [undefined, null, 'look', []]),
      ...[null, '', 1].map((name) => ({ function: { ...first.function, name } })),
      ...[undefined, null, {}, []].map((broken) => ({ function: { name: 'look', arguments: broken } })),
      { custom: {} },
      { custom: null },
    ],
  },
  customToolCallDelta: {
    schema: schemas.customToolCallDelta,
    minimal: custom,
    valid: [
      { index: 0, custom: { input: 'look' } },
      { index: 0, id: 'call_b', type: 'custom', custom: { name: 'run' } },
    ],
    broken: [
      ...noIndex,
      ...noName('id'),
      { id: undefined },
      ...each(['type'], [undefined, null, '', 'function']),
      ...each(['custom'], [undefined, null, 'run', { name: '' }, { name: null }, { name: 'run', input: {} }]),
      { function: {} },
    ],
  },
  unknownToolCallDelta: {
    schema: schemas.unknownToolCallDelta,
    minimal: { index: 0, type: 'some_later_tool' },
    valid: [{ index: 0, hologram: { points: [1] } }],
    broken: [
      ...noIndex,
      ...noName('id'),
      ...each(['type'], [null, '', 'function', 'custom', 1]),
      { function: null },
      { custom: {} },
    ],
  },
  functionToolCall: {
    schema: schemas.functionToolCall,
    minimal: { type: 'function', id: 'call_a', function: { name: 'look', arguments: '{}' } },
    broken: [
      ...noName('id'),
      { type: 'custom' },
      ...each(
        ['function'],
        [undefined, null, {}, { name: 'look' }, { name: 'look', arguments: {} }, { arguments: '{}' }],
      ),
    ],
  },
  customToolCall: {
    schema: schemas.customToolCall,
    minimal: { type: 'custom', id: 'call_b', custom: { name: 'run', input: '' } },
    broken: [
      ...noName('id'),
      { type: undefined },
      ...each(['custom'], [undefined, {}, { name: '', input: '' }, { name: 'run' }]),
    ],
  },
}
