import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { isString } from '../defects/shape.js'
import type { ReadChunk } from './chunk.js'
import type { Context } from './context.js'

const code = 'chat/usage-chunk-shape'

/** The usage of the answer: its counts, the caller's turn at them, and what they prove. */
export class Usage {
  readonly #context: Context
  /** A usage was counted, and nothing of the answer has come since: evidence that it is over (DESIGN, success). */
  counted = false
  /** The hook on the usage has had its turn. */
  #hooked = false

  constructor(context: Context) {
    this.#context = context
  }

  /** The chunk with its usage as it must be (B05). */
  take(chunk: JsonObject, { spoke }: ReadChunk, where: Where): JsonObject {
    const { reporter, options, choices, envelope } = this.#context
    const { usage } = chunk
    if (spoke.size > 0) this.counted = false
    if (usage === undefined || usage === null) return chunk
    if (!saysUsage(usage)) {
      this.#context.rewrote(code, where, 'usage', usage)
      return { ...chunk, usage: null }
    }
    let whole = completed(usage)
    if (whole !== usage) reporter.defect(code, 'rewrote', where, { path: 'usage' })
    if (spoke.size === 0) this.counted = true
    const { onUsage } = options
    const over = choices.all.length > 0 && choices.all.every((choice) => choice.finish !== undefined)
    if (onUsage !== undefined && !this.#hooked && over) {
      this.#hooked = true
      whole = onUsage(whole, { id: envelope.id, model: envelope.model })
    }
    return whole === usage ? chunk : { ...chunk, usage: whole }
  }
}

/** Whether a usage counts anything. */
export function saysUsage(usage: unknown): usage is JsonObject {
  return isJsonObject(usage) && Object.keys(usage).length > 0
}

/** The counts of a usage as numbers, its three sums among them (B05). The object itself where nothing changes. */
function completed(usage: JsonObject): JsonObject {
  const whole = counted(usage)
  const { prompt_tokens: read, completion_tokens: written, total_tokens: total } = whole
  const sums = { prompt_tokens: countOr(read, 0), completion_tokens: countOr(written, 0) }
  const total_tokens = countOr(total, sums.prompt_tokens + sums.completion_tokens)
  const same = sums.prompt_tokens === read && sums.completion_tokens === written && total_tokens === total
  return same ? whole : { ...whole, ...sums, total_tokens }
}

/** No vendor nests its counts so deep, and nothing may lean on the stack (law 9). */
const deepest = 8

/** Counts that are texts as numbers, those of details too. */
function counted(usage: JsonObject, depth = 0): JsonObject {
  if (depth > deepest) return usage
  let whole = usage
  for (const [name, count] of Object.entries(usage)) {
    const better = isJsonObject(count) ? counted(count, depth + 1) : numberOf(count)
    if (better !== count) whole = { ...whole, [name]: better }
  }
  return whole
}

function numberOf(count: unknown): unknown {
  return isString(count) && /^\d+(?:\.\d+)?$/.test(count) ? Number(count) : count
}

function countOr(count: unknown, otherwise: number): number {
  return typeof count === 'number' ? Math.floor(count) : otherwise
}
