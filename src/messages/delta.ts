import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Detail } from '../defects/reporter.js'
import { type DeltaShape, deltaShape, inferDeltaType, isString, kindOf } from './shapes.js'

/** A delta as it was meant (42, 43). */
export interface ReadDelta {
  readonly type: string
  /** Undefined where the type is newer than we are. */
  readonly shape: DeltaShape | undefined
  /** The text it carries, where its type carries any. */
  readonly text: string
  /** The delta to send; undefined where the one that came is right. */
  readonly restated: JsonObject | undefined
  /** A signature that rode on a thinking delta. */
  readonly signature: string | undefined
  readonly finding:
    | { readonly code: 'messages/delta-malformed' | 'messages/tool-args-bad-json'; readonly detail: Detail }
    | undefined
}

/** A delta that nothing can be made of. */
export interface UselessDelta {
  readonly useless: true
  /** It carried something that is lost with it. */
  readonly lost: boolean
  readonly detail: Detail
}

/** Reads the `delta` of an event. */
export function readDelta(delta: unknown, tooDeep: () => boolean): ReadDelta | UselessDelta {
  if (!isJsonObject(delta)) return useless('delta', 'object', delta, delta !== undefined && delta !== null)
  const named = delta['type']
  const type = isString(named) ? named : inferDeltaType(delta)
  if (type === undefined) {
    return useless(
      'delta.type',
      'string',
      named,
      Object.values(delta).some((value) => isString(value) && value !== ''),
    )
  }
  const shape = deltaShape(type)
  if (shape === undefined)
    return { type, shape, text: '', restated: undefined, signature: undefined, finding: undefined }
  const typed: JsonObject | undefined = named === type ? undefined : { ...delta, type }
  const content = delta[shape.field]
  const path = `delta.${shape.field}`
  const fixed = typed && {
    code: 'messages/delta-malformed' as const,
    detail: { path: 'delta.type', wanted: 'string', found: kindOf(named) },
  }
  if (type === 'citations_delta') {
    return isJsonObject(content)
      ? { type, shape, text: '', restated: typed, signature: undefined, finding: fixed }
      : useless(path, 'object', content, content !== undefined && content !== null)
  }
  if (type === 'compaction_delta')
    return { type, shape, text: '', restated: typed, signature: undefined, finding: fixed }
  const signature =
    type === 'thinking_delta' && isString(delta['signature']) && delta['signature'] !== ''
      ? delta['signature']
      : undefined
  if (isString(content)) return { type, shape, text: content, restated: typed, signature, finding: fixed }
  if (signature !== undefined) return { type, shape, text: '', restated: typed, signature, finding: fixed }
  if (type === 'input_json_delta' && typeof content === 'object' && content !== null) {
    // 38: arguments as an object where a fragment of JSON text belongs.
    const text = tooDeep() ? '' : JSON.stringify(content)
    const finding = {
      code: 'messages/tool-args-bad-json' as const,
      detail: { path, wanted: 'string', found: kindOf(content) },
    }
    return { type, shape, text, restated: { ...delta, type, partial_json: text }, signature, finding }
  }
  return useless(path, 'string', content, content !== undefined && content !== null)
}

function useless(path: string, wanted: string, value: unknown, lost: boolean): UselessDelta {
  return { useless: true, lost, detail: { path, wanted, found: kindOf(value) } }
}
