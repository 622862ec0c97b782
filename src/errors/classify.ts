import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { ErrorKind } from './upstream-error.js'

/**
 * What marks a guardrail block: values of `type` or `code`, and keys beside or inside the error. Never words of a message (D-10).
 */
export const guardrailMarks: { readonly values: readonly string[]; readonly keys: readonly string[] } = {
  values: [
    'guardrail',
    'guardrails',
    'guardrail_violation',
    'guardrail_blocked',
    'guardrail_block',
    'guardrail_intervention',
    'guardrail_intervened',
    'content_filter',
    'content_filtered',
    'content_policy_violation',
    'content_blocked',
    'prompt_blocked',
    'prompt_injection',
    'policy_violation',
    'moderation_blocked',
  ],
  keys: [
    'bedrock_guardrail_response',
    'guardrail',
    'guardrails',
    'guardrail_name',
    'guardrail_results',
    'hook_results',
  ],
}

const kindByStatus = new Map<number, ErrorKind>([
  [400, 'invalid-request'],
  [401, 'authentication'],
  [402, 'billing'],
  [403, 'permission'],
  [404, 'not-found'],
  [408, 'timeout'],
  [413, 'too-large'],
  [422, 'invalid-request'],
  [429, 'rate-limit'],
  [503, 'overloaded'],
  [504, 'timeout'],
  [529, 'overloaded'],
])

const kindByWord: readonly (readonly [RegExp, ErrorKind])[] = [
  [/rate_?limit|too_?many_?requests/i, 'rate-limit'],
  [/overload|unavailable|capacity/i, 'overloaded'],
  [/time_?out|timed_?out|deadline/i, 'timeout'],
  [/authentication|unauthori[sz]ed|invalid_api_key/i, 'authentication'],
  [/permission|forbidden/i, 'permission'],
  [/billing|insufficient_quota|payment/i, 'billing'],
  [/not_?found/i, 'not-found'],
  [/too_?large/i, 'too-large'],
  [/invalid_?request|bad_?request|context_length|invalid_prompt/i, 'invalid-request'],
]

/** The kind of an error: guardrail marks first, then its status, then the words of its type and code. */
export function classify(
  type: string,
  code: string,
  status: number | undefined,
  around: readonly unknown[],
): ErrorKind {
  if (isGuardrail(type, code, around)) return 'guardrail'
  const byStatus = status === undefined ? undefined : kindByStatus.get(status)
  if (byStatus !== undefined) return byStatus
  for (const [word, kind] of kindByWord) if (word.test(type) || word.test(code)) return kind
  return status !== undefined && status >= 400 && status < 500 ? 'invalid-request' : 'server'
}

function isGuardrail(type: string, code: string, around: readonly unknown[]): boolean {
  const { values, keys } = guardrailMarks
  if (values.includes(type) || values.includes(code)) return true
  return around.some(
    (object) =>
      isJsonObject(object) && (keys.some((key) => marked(object, key)) || values.includes(String(object['reason']))),
  )
}

function marked(object: JsonObject, key: string): boolean {
  const value = object[key]
  return value !== undefined && value !== null && value !== false
}
