import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { complete, type Finding, isCount, isString, kindOf } from '../defects/shape.js'

const chatNames = [
  ['prompt_tokens', 'input_tokens'],
  ['completion_tokens', 'output_tokens'],
  ['prompt_tokens_details', 'input_tokens_details'],
  ['completion_tokens_details', 'output_tokens_details'],
] as const

/** The usage of a terminal in the shape that Codex can read (A06); null where nothing is known. */
export function completeUsage(given: unknown, findings: Finding[]): unknown {
  if (given === null || given === undefined) return given
  const code = 'responses/usage-malformed'
  const path = 'response.usage'
  if (!isJsonObject(given)) {
    findings.push({ code, action: 'rewrote', path, wanted: 'object', found: kindOf(given) })
    return null
  }
  let usage: JsonObject = given
  for (const [chat, name] of chatNames) {
    if (usage[chat] === undefined || usage[name] !== undefined) continue
    findings.push({ code, action: 'rewrote', path: `${path}.${name}` })
    const { [chat]: moved, ...rest } = usage
    usage = { ...rest, [name]: moved }
  }
  for (const name of ['input_tokens', 'output_tokens', 'total_tokens']) {
    const count = usage[name]
    if (!isString(count) || !/^\d{1,15}$/.test(count)) continue
    findings.push({ code, action: 'rewrote', path: `${path}.${name}`, wanted: 'integer', found: 'string' })
    usage = { ...usage, [name]: Number(count) }
  }
  if (!isCount(usage['input_tokens']) && !isCount(usage['output_tokens'])) {
    findings.push({ code, action: 'rewrote', path })
    return null
  }
  const counts = complete(usage, { input_tokens: 'integer', output_tokens: 'integer' }, `${path}.`, findings, code)
  const total = Number(counts['input_tokens']) + Number(counts['output_tokens'])
  usage = complete(counts, { total_tokens: 'integer' }, `${path}.`, findings, code, { total_tokens: total })
  for (const [name, field] of [
    ['input_tokens_details', 'cached_tokens'],
    ['output_tokens_details', 'reasoning_tokens'],
  ] as const) {
    const details = complete(usage, { [name]: 'object' }, `${path}.`, findings, code)[name] as JsonObject
    const whole = complete(
      details,
      { [field]: 'integer' },
      `${path}.${name}.`,
      details === usage[name] ? findings : [],
      code,
    )
    if (whole !== usage[name]) usage = { ...usage, [name]: whole }
  }
  return usage
}
