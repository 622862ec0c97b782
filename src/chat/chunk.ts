import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { isString, kindOf } from '../defects/shape.js'
import { saysError } from '../errors/recognise.js'
import type { Choice } from './choices.js'
import type { Context } from './context.js'
import { callsOf, completeContent, oneReasoning, saysAnything } from './delta.js'
import { withCallArguments } from './revise.js'
import { merged } from './split-entries.js'
import { finishOf, isKnownFinish, ownsUp } from './tail.js'
import type { ToolCall } from './tool-call.js'

const finishCode = 'chat/finish-reason-missing-empty-wrong'

/** What the choices of one chunk turned out to say. */
export interface ReadChunk {
  /** The choices as they must be sent; the list that came where nothing in it changes. */
  choices: readonly unknown[]
  /** Choices that said something of the answer. */
  readonly spoke: Set<Choice>
  /** Choices of which it has the first delta. */
  readonly opened: Set<Choice>
  /** Choices with a finish reason that is theirs. */
  readonly finished: Choice[]
  /** Calls of which it brings `{}`, and nothing came before. */
  readonly braced: ToolCall[]
  /** Calls whose `{}` before was but the beginning of this. */
  readonly prefixed: { readonly choice: Choice; readonly call: ToolCall }[]
  /** Calls whose `{}` stands in an entry before of this very chunk. */
  readonly blanked: ToolCall[]
  /** No choice says anything but what a filter found: there vendors leave the envelope empty (FINDINGS A18). */
  spare: boolean
  /** Every choice had begun, and says what the next chunk might go on with. */
  plain: boolean
}

/** Reads the choices of chunks and completes them: index, delta, role, content, calls, finish reason. */
export class ChunkReader {
  readonly #context: Context
  readonly #legacy: boolean

  constructor(context: Context) {
    this.#context = context
    // Who asks for functions and not for tools wants to be answered so.
    this.#legacy = context.request.tools?.length !== 0
  }

  read(given: readonly unknown[], where: Where): ReadChunk {
    const chunk: ReadChunk = {
      choices: given,
      spoke: new Set(),
      opened: new Set(),
      finished: [],
      braced: [],
      prefixed: [],
      blanked: [],
      spare: true,
      plain: true,
    }
    const taken: Choice[] = []
    const out: unknown[] = []
    let same = true
    for (let position = 0; position < given.length; position++) {
      const entry = given[position]
      if (!isJsonObject(entry)) {
        this.#context.reporter.defect('chat/chunk-envelope', 'dropped', where, {
          path: 'choices',
          found: kindOf(entry),
        })
        same = false
        continue
      }
      const choice = this.#context.choices.of(entry, position)
      const read = this.#entry(entry, choice, chunk, where)
      if (read !== entry) same = false
      const before = taken.indexOf(choice)
      if (before === -1) {
        taken.push(choice)
        out.push(read)
      } else {
        this.#context.reporter.defect('chat/split-choices', 'rewrote', where, { path: 'choices' })
        let first = out[before] as JsonObject
        for (const call of chunk.blanked.splice(0)) first = withCallArguments(first, call.index, '')
        out[before] = merged(first, read)
        same = false
      }
    }
    for (const [place, choice] of taken.entries()) {
      const read = out[place] as JsonObject
      const finished = this.#finish(read, choice, chunk, where)
      if (finished !== read) same = false
      out[place] = finished
    }
    if (!same) chunk.choices = out
    return chunk
  }

  #entry(entry: JsonObject, choice: Choice, chunk: ReadChunk, where: Where): JsonObject {
    const { reporter } = this.#context
    let whole = entry
    if (entry['index'] !== choice.index) {
      const folded = Number.isInteger(entry['index']) && Number(entry['index']) >= 0
      const code = folded ? 'chat/split-choices' : 'chat/chunk-envelope'
      this.#context.rewrote(code, where, 'choices.index', entry['index'], 'integer')
      whole = { ...whole, index: choice.index }
    }
    if ('error' in whole && !saysError(whole['error'])) {
      reporter.defect('errors/error-null-key', 'rewrote', where, { path: 'choices.error' })
      const { error: _, ...rest } = whole
      whole = rest
    }
    const finish = finishOf(entry['finish_reason'])
    const given = entry['delta']
    // The findings of a filter stand alone, without a delta (FINDINGS A18).
    if (given === undefined && finish === undefined && isFiltered(entry)) return whole
    chunk.spare = false
    let delta = isJsonObject(given) ? given : this.#made(whole, choice, where)
    if (isJsonObject(delta['audio'])) this.#context.audio = true
    delta = this.#role(delta, choice, where)
    delta = completeContent(delta, this.#context, where)
    const { reasoning } = this.#context.options
    if (reasoning === 'reasoning' || reasoning === 'reasoning_content') delta = oneReasoning(delta, reasoning)
    if (saysAnything(delta)) {
      chunk.spoke.add(choice)
      if (choice.finish !== undefined && !choice.doubtful) {
        if (!choice.revoked) reporter.observe('chat/content-after-finish', where, { path: 'choices.delta' })
        choice.revoked = true
        choice.late = true
      }
    }
    if (isString(delta['content'])) choice.text.add(delta['content'])
    delta = this.#calls(callsOf(delta, this.#legacy, this.#context, where), choice, chunk, where)
    const first = !choice.begun
    if (first || finish !== undefined || choice.finish !== undefined) chunk.plain = false
    if (first) chunk.opened.add(choice)
    choice.begun = true
    if (delta !== given) {
      const { message: _, ...rest } = whole
      whole = given === undefined || given === null ? { ...rest, delta } : { ...whole, delta }
    }
    return whole
  }

  /** A delta in the place of none: out of a message, or empty (B09, B12). */
  #made(entry: JsonObject, choice: Choice, where: Where): JsonObject {
    const { reporter } = this.#context
    const { message } = entry
    if (!isJsonObject(message)) {
      this.#context.rewrote('chat/delta-missing', where, 'choices.delta', entry['delta'], 'object')
      return {}
    }
    reporter.defect('chat/content-not-string', 'rewrote', where, { path: 'choices.message', wanted: 'delta' })
    const { content, ...rest } = message
    // The whole text once more, as some send it at the end.
    const again = isString(content) && content !== '' && choice.text.matches(content)
    return again || content === undefined ? rest : { ...rest, content }
  }

  #role(delta: JsonObject, choice: Choice, where: Where): JsonObject {
    const { role, ...rest } = delta
    const { begun } = choice
    // FINDINGS A17: what speaks says its role twice.
    const twice = this.#context.audio && role === 'assistant'
    if (begun ? role === undefined || role === null || twice : role === 'assistant') return delta
    this.#context.rewrote('chat/role-missing-or-invalid', where, 'choices.delta.role', role, 'assistant')
    return begun ? rest : { ...delta, role: 'assistant' }
  }

  #calls(delta: JsonObject, choice: Choice, chunk: ReadChunk, where: Where): JsonObject {
    const { tools } = choice
    const given = delta['tool_calls']
    if (!Array.isArray(given)) return delta
    const calls = tools.take(given, where)
    for (const call of tools.prefixed) {
      const here = chunk.braced.indexOf(call)
      if (here === -1) chunk.prefixed.push({ choice, call })
      else {
        // D-63: both came in one chunk, in two entries of the choice: nothing waits for the next.
        this.#context.reporter.defect('chat/tool-args-shape', 'dropped', where, { path: 'function.arguments' })
        chunk.braced.splice(here, 1)
        chunk.blanked.push(call)
      }
    }
    chunk.braced.push(...tools.braced)
    if (calls === given) return delta
    const { tool_calls: _, ...rest } = delta
    return calls.length === 0 ? rest : { ...delta, tool_calls: calls }
  }

  #finish(entry: JsonObject, choice: Choice, chunk: ReadChunk, where: Where): JsonObject {
    const { reporter, options } = this.#context
    const given = entry['finish_reason']
    const finish = finishOf(given)
    const path = 'choices.finish_reason'
    if (finish === undefined) {
      if (given === undefined || given === null) return entry
      this.#context.rewrote(finishCode, where, path, given)
      return { ...entry, finish_reason: null }
    }
    let word = finish
    if (word === 'function_call' && choice.tools.all.length > 0) word = 'tool_calls'
    if (choice.finish !== undefined && !choice.doubtful) {
      this.#context.rewrote(finishCode, where, path, given)
      // It was not whole after all, and the word for it has gone out.
      if (ownsUp(word) && word !== choice.finish) this.#context.lost = true
      else choice.revoked = chunk.spoke.has(choice)
      return { ...entry, finish_reason: null }
    }
    const wanted = word === 'stop' && options.finishReason === 'from-tools' && choice.tools.all.length > 0
    if (wanted) word = 'tool_calls'
    if (!isKnownFinish(word)) reporter.observe('chat/finish-reason-unknown', where, { path, found: kindOf(given) })
    choice.finish = word
    choice.doubtful = chunk.spoke.has(choice) || chunk.opened.has(choice)
    if (!chunk.finished.includes(choice)) chunk.finished.push(choice)
    if (word === given) return entry
    this.#context.rewrote(wanted ? 'chat/finish-reason-against-tools' : finishCode, where, path, given)
    return { ...entry, finish_reason: word }
  }
}

const besideFilters = new Set(['index', 'finish_reason', 'logprobs'])

/** Whether a choice without a delta has what a filter found, and nothing else. */
function isFiltered(entry: JsonObject): boolean {
  const others = Object.keys(entry).filter((key) => !besideFilters.has(key))
  return others.length > 0 && others.every((key) => key.startsWith('content_filter'))
}
