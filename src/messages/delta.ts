import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { type Finding, isPresent, isString, kindOf } from '../defects/shape.js'
import { type DeltaShape, deltaShape, inferDeltaType } from './shapes.js'

/** A delta as it was meant (42, 43). */
export interface ReadDelta {
  readonly type: string
  /** Undefined where the type is newer than we are. */
  readonly shape?: DeltaShape | undefined
  /** The text it carries; undefined where its type carries something else. */
  readonly text?: string | undefined
  /** The delta to send; the one that came, where nothing in it changes. */
  readonly delta: JsonObject
  /** A signature that rode on a thinking delta. */
  readonly signature?: string | undefined
  /** What is wrong with it; where that is `dropped`, nothing can be made of it. */
  readonly finding?: Finding | undefined
  /** It is dropped with something in it that exists nowhere else. */
  readonly lost?: boolean
}

/** Reads the `delta` of an event. */
export function readDelta(given: unknown, tooDeep: () => boolean): ReadDelta {
  if (!isJsonObject(given)) return useless('delta', 'object', given)
  const named = given['type']
  const type = isString(named) && named !== '' ? named : inferDeltaType(given)
  if (type === undefined) {
    const text = Object.values(given).find((value) => isString(value) && value !== '')
    return { ...useless('delta.type', 'string', named), lost: text !== undefined }
  }
  const shape = deltaShape(type)
  if (shape === undefined) return { type, delta: given }
  const content = given[shape.field]
  const path = `delta.${shape.field}`
  const read = {
    type,
    shape,
    delta: named === type ? given : { ...given, type },
    finding: named === type ? undefined : finding('messages/delta-malformed', 'delta.type', 'string', named),
  }
  if (type === 'compaction_delta') {
    if (content !== null && !isString(content)) return useless(path, 'string or null', content)
    const sealed = given['encrypted_content']
    if (!isPresent(sealed) || isString(sealed)) return read
    const wrong = finding('messages/delta-malformed', 'delta.encrypted_content', 'string or null', sealed)
    return { ...read, delta: { ...read.delta, encrypted_content: null }, finding: wrong }
  }
  if (type === 'citations_delta') return isJsonObject(content) ? read : useless(path, 'object', content)
  const signature = type === 'thinking_delta' ? given['signature'] : undefined
  if (isString(signature) && signature !== '') return { ...read, signature, text: isString(content) ? content : '' }
  if (isString(content)) return { ...read, text: content }
  if (type !== 'input_json_delta' || typeof content !== 'object' || content === null)
    return useless(path, 'string', content)
  // 38: arguments as an object where a fragment of JSON text belongs.
  const text = tooDeep() ? '' : JSON.stringify(content)
  return {
    ...read,
    text,
    delta: { ...read.delta, partial_json: text },
    finding: finding('messages/tool-args-bad-json', path, 'string', content),
  }
}

function finding(code: Finding['code'], path: string, wanted: string, value: unknown): Finding {
  return { code, action: 'rewrote', path, wanted, found: kindOf(value) }
}

function useless(path: string, wanted: string, value: unknown): ReadDelta {
  return {
    type: '',
    delta: {},
    finding: { ...finding('messages/delta-malformed', path, wanted, value), action: 'dropped' },
    lost: value !== undefined && value !== null,
  }
}
