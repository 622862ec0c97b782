import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { isString, kindOf } from '../defects/shape.js'
import { JsonScan } from '../sse/json-scan.js'
import { type Context, lose } from './context.js'
import { Fingerprint } from './fingerprint.js'
import { isTooDeep, newerType, readEntry, type ToolEntry } from './tool-entry.js'

/** A tool call of one choice. */
export interface ToolCall {
  /** Its index downstream: dense, in the order in which calls were begun (CH-7). */
  readonly index: number
  readonly custom: boolean
  /** Its type, where that is newer than we are: then only its place and its id are ours to know. */
  readonly newer: string | undefined
  upstreamIndex: number | undefined
  upstreamId: string | undefined
  name: string | undefined
  /** Its first delta has gone out, with id, type and name. */
  announced: boolean
  /** The id that it has downstream. */
  id: string
  /** The upstream has said what type it is. */
  typed: boolean
  /** Arguments that came before the call could be announced. */
  readonly parts: string[]
  /** Its name came once more after its arguments were whole: the next arguments are another call's. */
  renewed: boolean
  /** All arguments that came. */
  sent: Fingerprint
  scan: JsonScan
  /** Something stands behind JSON that was whole. */
  spoilt: boolean
  /** `{}` is all that came, and may be no more than a prefix (D-63). */
  braces: boolean
  /** Such a `{}` has gone out for all of them. */
  settled: boolean
}

const indexCode = 'chat/tool-index-missing-or-wrong'
const idCode = 'chat/tool-id-missing'
const nameCode = 'chat/tool-name-repeated-split-late'
const typeCode = 'chat/tool-type-missing'
const argsCode = 'chat/tool-args-shape'

/** The tool calls of one choice: which call an entry means, and what of it may leave. */
export class ToolCalls {
  readonly #context: Context
  /** The id of the answer, from which missing ids are derived. */
  readonly #answerId: () => string
  readonly #choice: number
  readonly all: ToolCall[] = []
  /** Calls that the chunk being read has touched. */
  readonly #touched = new Set<ToolCall>()
  /** All entries of that chunk went on with calls that had been announced. */
  #went = true
  /** Calls whose leading `{}` proves to be a prefix by the chunk being read (D-63). */
  readonly prefixed: ToolCall[] = []
  /** Calls of which that chunk has brought `{}`, and nothing came before (D-63). */
  readonly braced: ToolCall[] = []

  constructor(context: Context, choice: number, answerId: () => string) {
    this.#context = context
    this.#choice = choice
    this.#answerId = answerId
  }

  /** Calls that the protocol's client would wait for: begun and not announced. */
  get waiting(): readonly ToolCall[] {
    return this.all.filter((call) => !call.announced)
  }

  /** The call that the last delta went on with, where it was one and announced before. */
  get last(): ToolCall | undefined {
    const [call, other] = this.#touched
    return other === undefined && call?.announced === true && this.#went ? call : undefined
  }

  /**
   * Takes the entries of one delta.
   *
   * @returns the entries to send; the list itself where nothing in it changes.
   */
  take(list: readonly unknown[], where: Where): readonly unknown[] {
    this.#touched.clear()
    this.#went = true
    this.prefixed.length = 0
    this.braced.length = 0
    const out: unknown[] = []
    const bracedAt = new Map<ToolCall, number>()
    let same = true
    for (const entry of list) {
      const before = this.#lowestWaiting()
      const sent = isJsonObject(entry) ? this.#entry(entry, where) : this.#shapeless(entry, where)
      if (sent !== entry) same = false
      const call = this.prefixed.at(-1)
      const place = call === undefined ? undefined : bracedAt.get(call)
      if (call !== undefined && place !== undefined) {
        // Both came in one delta: nothing waits for the next.
        this.#context.reporter.defect(argsCode, 'dropped', where, { path: 'function.arguments' })
        out[place] = withoutArguments(out[place] as JsonObject)
        this.prefixed.pop()
        this.braced.splice(this.braced.indexOf(call), 1)
        bracedAt.delete(call)
        same = false
      }
      const braced = this.braced.at(-1)
      if (braced !== undefined && sent !== undefined && !bracedAt.has(braced)) bracedAt.set(braced, out.length)
      if (sent !== undefined) out.push(sent)
      if (before?.announced === true) {
        for (const late of this.released(where)) {
          out.push(late)
          same = false
        }
      }
    }
    return same && out.length === list.length ? list : out
  }

  #shapeless(entry: unknown, where: Where): undefined {
    this.#context.reporter.defect(argsCode, 'dropped', where, { path: 'delta.tool_calls', found: kindOf(entry) })
    return undefined
  }

  #entry(entry: JsonObject, where: Where): JsonObject | undefined {
    const { reporter, writer, limits } = this.#context
    if (isTooDeep(entry, limits.maxDepth)) {
      writer.tooDeep = true
      return undefined
    }
    const read = readEntry(entry)
    const newer = newerType(entry)
    const own = 'function' in entry || 'custom' in entry ? undefined : this.#newerCall(read, newer)
    if (own !== undefined) return this.#sameNewer(own, entry, where)
    if (newer !== undefined) return this.#beginNewer(read, newer, entry, where)
    if (!isJsonObject(entry['function']) && !read.custom && 'function' in entry && read.id === undefined) {
      reporter.defect(argsCode, 'dropped', where, { path: 'function', found: kindOf(entry['function']) })
      return undefined
    }
    const known = this.#find(read)
    if (known !== undefined && this.#isRepeat(known, read)) {
      reporter.defect(argsCode, 'dropped', where, { path: 'function' })
      return undefined
    }
    if (known !== undefined && this.#isTooLate(known, read)) {
      // D-63: `{}` has gone out as the whole of it.
      lose(this.#context, argsCode, where, 'function.arguments')
      return undefined
    }
    if (known !== undefined && isBlank(read.args) && read.name === known.name && known.announced && isOver(known)) {
      known.renewed = true
    }
    const call = known ?? this.#begin(read)
    this.#touched.add(call)
    if (entry['type'] === (call.custom ? 'custom' : 'function')) call.typed = true
    if (entry['index'] !== call.index) {
      reporter.defect(indexCode, 'rewrote', where, {
        path: 'index',
        wanted: 'dense integer',
        found: kindOf(entry['index']),
      })
    }
    const args = this.#take(call, read, where)
    if (call.announced) return this.#continued(entry, call, read, args, where)
    this.#went = false
    this.#nameIt(call, read, where)
    return this.#announce(entry, call, args, where)
  }

  // Calls of a type that is newer than we are pass in their place

  #newerCall({ index, id }: ToolEntry, type: string | undefined): ToolCall | undefined {
    const own = this.all.findLast(
      (call) => call.newer !== undefined && (index ?? call.upstreamIndex) === call.upstreamIndex,
    )
    const another = type !== undefined && (own?.newer !== type || (id !== undefined && id !== own.upstreamId))
    return another || (index === undefined && own !== this.all.at(-1)) ? undefined : own
  }

  #beginNewer(read: ToolEntry, type: string, entry: JsonObject, where: Where): JsonObject | undefined {
    if (this.waiting.length > 0) {
      // It cannot be begun before a call that has no name yet.
      lose(this.#context, nameCode, where, 'delta.tool_calls')
      return undefined
    }
    const call = this.#begin({ ...read, custom: true }, type)
    call.announced = true
    this.#identify(call, where, typeof entry['id'] === 'number')
    const placed = this.#placed(call, entry, where)
    return placed['id'] === call.id ? placed : { ...placed, id: call.id }
  }

  #sameNewer(call: ToolCall, entry: JsonObject, where: Where): JsonObject {
    const { reporter } = this.#context
    let same = this.#placed(call, entry, where)
    if ('id' in entry && entry['id'] !== call.id) {
      reporter.defect(idCode, 'rewrote', where, { path: 'id', found: kindOf(entry['id']) })
      const { id: _, ...rest } = same
      same = rest
    }
    if ('type' in entry && entry['type'] !== call.newer) {
      reporter.defect(typeCode, 'rewrote', where, { path: 'type', found: kindOf(entry['type']) })
      const { type: _, ...rest } = same
      same = rest
    }
    return same
  }

  #placed(call: ToolCall, entry: JsonObject, where: Where): JsonObject {
    if (entry['index'] === call.index) return entry
    const detail = { path: 'index', wanted: 'dense integer', found: kindOf(entry['index']) }
    this.#context.reporter.defect(indexCode, 'rewrote', where, detail)
    return { ...entry, index: call.index }
  }

  // Which call is meant (B01)

  #find(entry: ToolEntry): ToolCall | undefined {
    const { index, id, name, args } = entry
    const own = this.all.filter((call) => call.newer === undefined)
    const last = own.at(-1)
    const sameId = id === undefined ? undefined : this.#withId(id, entry)
    if (sameId !== undefined) return this.#isAnother(sameId, entry) ? undefined : sameId
    let call: ToolCall | undefined
    if (index === undefined) call = last
    else {
      for (const one of own) if (one.upstreamIndex === index) call = one
      // Some leave the index out of the first delta alone.
      const first = last !== undefined && last.upstreamIndex === undefined && id === undefined && name === undefined
      if (call === undefined && first) {
        call = last
        call.upstreamIndex = index
      }
    }
    const begins = name !== undefined
    if (call === undefined || (call.renewed && !begins && !isBlank(args))) return undefined
    const under = call.scan.status === 'cut' && call.name === name
    if (begins && this.#touched.has(call) && call.name !== undefined && !under) return undefined
    if (id !== undefined && call.upstreamId !== undefined) {
      // Another id: another call, unless the call that is under way has them change (B03).
      if (begins ? call.scan.status !== 'cut' : isOver(call) && args !== undefined && args !== '') return undefined
      return call
    }
    if (index === undefined && id !== undefined && begins && call.name !== undefined) return undefined
    if (begins && isOver(call) && !(call.name === name && call.sent.matches(args ?? '')) && (args ?? '') !== '') {
      return undefined
    }
    if (begins && call.name !== undefined && call.name !== name && isOver(call)) return undefined
    return call
  }

  #withId(id: string, { index, name }: ToolEntry): ToolCall | undefined {
    const calls = this.all.filter((call) => call.upstreamId === id && call.newer === undefined)
    const call = calls.find((one) => one.upstreamIndex === index) ?? calls.at(-1)
    if (call === undefined || call.upstreamIndex === index || name !== undefined || !isOver(call)) return call
    // B03: an id that only later deltas have, and all of them the same one, tells less than the place of a call under way.
    const placed = this.all.findLast((one) => one.upstreamIndex === index && one.newer === undefined)
    return placed !== undefined && placed.upstreamId === undefined && !isOver(placed) ? undefined : call
  }

  /** Whether an entry with the id of a call begins another one: some call their calls by the names of the tools. */
  #isAnother(call: ToolCall, { index, id, name, args = '' }: ToolEntry): boolean {
    if (name === undefined) return false
    const named = id === call.name
    const again = call.sent.matches(args)
    if (index !== undefined && index !== call.upstreamIndex) {
      if (isOver(call)) return named || !again
      return named && call.scan.status === 'empty' && isBlank(args)
    }
    if (!named || isBlank(args) || call.braces) return false
    return this.#touched.has(call) || (call.scan.status === 'whole' && call.scan.isObject && !again)
  }

  #begin({ index, id, custom }: ToolEntry, newer?: string): ToolCall {
    const renewed = this.all.findLast((one) => one.renewed && one.upstreamIndex === index)
    if (renewed !== undefined) renewed.renewed = false
    const call: ToolCall = {
      index: this.all.length,
      custom,
      newer,
      upstreamIndex: index,
      upstreamId: id,
      name: renewed?.name,
      typed: renewed?.typed === true,
      announced: false,
      renewed: false,
      id: '',
      parts: [],
      sent: new Fingerprint(),
      scan: new JsonScan(),
      spoilt: false,
      braces: false,
      settled: false,
    }
    this.all.push(call)
    return call
  }

  /** The whole call once more, which clients would append (B08). */
  #isRepeat(call: ToolCall, { args, name, id }: ToolEntry): boolean {
    if (args === undefined || args === '' || call.custom || !call.announced || call.scan.status !== 'whole')
      return false
    const again = name !== undefined || id !== undefined || args.length > 2 || !call.braces
    return again && call.scan.isObject && call.sent.matches(args) && !(call.braces && name === undefined)
  }

  /** Arguments for a call whose `{}` was taken for all of them, because something else came behind it. */
  #isTooLate(call: ToolCall, { args }: ToolEntry): boolean {
    return call.settled && !call.custom && !isBlank(args)
  }

  #take(call: ToolCall, { args = '', id }: ToolEntry, where: Where): string {
    call.upstreamId ??= id
    if (args === '' || call.custom) {
      if (args !== '') call.sent.add(args)
      return args
    }
    if (call.braces && args.trim() !== '') {
      // D-63: `{}` was but the beginning.
      call.braces = false
      call.scan = new JsonScan()
      call.sent = new Fingerprint()
      if (call.announced) this.prefixed.push(call)
      else {
        this.#context.reporter.defect(argsCode, 'dropped', where, { path: 'function.arguments' })
        this.#forget(call)
      }
    }
    if (call.scan.status === 'empty' && args.trim() === '{}') {
      call.braces = true
      if (call.announced) this.braced.push(call)
    }
    addArguments(call, args)
    return args
  }

  // Names (B04, D-62)

  #nameIt(call: ToolCall, { name }: ToolEntry, where: Where): void {
    if (name === undefined || name === call.name) return
    if (call.name === undefined) {
      call.name = name
      return
    }
    if (this.#joins(call.name, name)) {
      this.#context.reporter.defect(nameCode, 'moved', where, { path: 'function.name' })
      call.name += name
    } else lose(this.#context, nameCode, where, 'function.name')
  }

  #joins(first: string, second: string): boolean {
    const { tools } = this.#context.request
    return tools !== undefined && !tools.includes(first) && tools.some((tool) => tool.startsWith(first + second))
  }

  /** Whether the name is one to wait with: the beginning of a tool's name, and no tool's, before any arguments. */
  #partlyNamed({ name = '', sent }: ToolCall): boolean {
    const { tools } = this.#context.request
    if (tools === undefined || sent.length > 0) return false
    return !tools.includes(name) && tools.some((tool) => tool.startsWith(name))
  }

  // What leaves

  #lowestWaiting(): ToolCall | undefined {
    return this.all.find((call) => !call.announced)
  }

  /** Sends the first delta of a call, once it has a name and no call before it waits for one. */
  #announce(entry: JsonObject, call: ToolCall, args: string, where: Where): JsonObject | undefined {
    const { reporter, held } = this.#context
    if (call.name === undefined || this.#partlyNamed(call) || this.#lowestWaiting() !== call) {
      reporter.defect(nameCode, 'moved', where, { path: 'function.name' })
      call.parts.push(args)
      held.add(args.length)
      return undefined
    }
    const waited = call.parts.length > 0
    const field = call.custom ? 'custom' : 'function'
    const member = call.custom ? 'input' : 'arguments'
    const inner = isJsonObject(entry[field]) ? entry[field] : {}
    const whole = this.#release(call) + args
    this.#identify(call, where, typeof entry['id'] === 'number')
    if (!call.typed) {
      reporter.defect(typeCode, 'rewrote', where, { path: 'type', wanted: field, found: kindOf(entry['type']) })
    }
    if (inner['name'] !== undefined && !isString(inner['name'])) {
      const found = kindOf(inner['name'])
      reporter.defect(nameCode, 'rewrote', where, { path: `${field}.name`, wanted: 'string', found })
    }
    if (!waited && !isString(inner[member])) {
      const detail = { path: `${field}.${member}`, wanted: 'string', found: kindOf(inner[member]) }
      reporter.defect(argsCode, 'rewrote', where, detail)
    }
    const same = entry['index'] === call.index && entry['id'] === call.id && entry['type'] === field
    if (same && inner['name'] === call.name && inner[member] === whole) return entry
    return this.#first(call, whole, entry, inner)
  }

  /** What waited of a call's arguments. */
  #release(call: ToolCall): string {
    call.announced = true
    if (call.braces) this.braced.push(call)
    return this.#forget(call)
  }

  #forget({ parts }: ToolCall): string {
    for (const part of parts) this.#context.held.remove(part.length)
    return parts.splice(0).join('')
  }

  #first(call: ToolCall, args: string, entry: JsonObject = {}, inner: JsonObject = {}): JsonObject {
    const { index, id, custom, name } = call
    const said = custom ? { name, input: args } : { name, arguments: args }
    const field = custom ? 'custom' : 'function'
    const { [custom ? 'function' : 'custom']: _, ...rest } = entry
    return { ...rest, index, id, type: field, [field]: { ...inner, ...said } }
  }

  /**
   * The first deltas of calls that wait and need not any more.
   *
   * @param last nothing more will come: the beginning of a name is a name (D-62).
   */
  released(where: Where, last = false): JsonObject[] {
    const released: JsonObject[] = []
    for (const call of this.all) {
      if (call.announced) continue
      if (call.name === undefined || (!last && this.#partlyNamed(call))) break
      const args = this.#release(call)
      this.#identify(call, where)
      if (!call.typed) this.#context.reporter.defect(typeCode, 'rewrote', where, { path: 'type' })
      released.push(this.#first(call, args))
    }
    return released
  }

  /** The id of a call downstream: its own, else one derived from its place (B03). Two calls never share one. */
  #identify(call: ToolCall, where: Where, numeric = false): void {
    const own = call.upstreamId
    const taken = (id: string) => this.all.some((other) => other !== call && other.id === id)
    let id = own ?? `call_${this.#answerId().replace(/^chatcmpl-/, '')}_${this.#choice}_${call.index}`
    while (taken(id)) id += `_${call.index}`
    if (own !== id || numeric) this.#context.reporter.defect(idCode, 'rewrote', where, { path: 'id', wanted: 'string' })
    call.id = id
  }

  /** A later delta of a call: index and arguments, nothing else that contradicts the first (CH-9). */
  #continued(entry: JsonObject, call: ToolCall, read: ToolEntry, args: string, where: Where): JsonObject | undefined {
    const { reporter } = this.#context
    const field = call.custom ? 'custom' : 'function'
    const member = call.custom ? 'input' : 'arguments'
    let { id, type } = entry
    const strange = call.custom ? 'function' : 'custom'
    const { index, id: _id, type: _type, [strange]: _strange, ...rest } = entry
    const inner = rest[field]
    let same = index === call.index
    if (strange in entry) {
      // A call is of one kind to its end, and so are its deltas.
      reporter.defect(argsCode, 'rewrote', where, { path: strange, wanted: field })
      same = false
    }
    if ('id' in entry && id !== call.id) {
      reporter.defect(idCode, 'rewrote', where, { path: 'id', found: kindOf(id) })
      id = undefined
      same = false
    }
    if ('type' in entry && type !== field) {
      reporter.defect(typeCode, 'rewrote', where, { path: 'type', found: kindOf(type) })
      type = undefined
      same = false
    }
    let said = isJsonObject(inner) ? inner : undefined
    if (said === undefined && field in entry) {
      reporter.defect(argsCode, 'rewrote', where, { path: field, found: kindOf(inner) })
      same = false
    }
    if (said !== undefined && 'name' in said) {
      const { name, ...others } = said
      // D-62: it has gone out under its first name.
      if (read.name !== undefined && read.name !== call.name) lose(this.#context, nameCode, where, 'function.name')
      else reporter.defect(nameCode, 'rewrote', where, { path: `${field}.name`, found: kindOf(name) })
      said = others
      same = false
    }
    if (said !== undefined && member in said && said[member] !== args) {
      reporter.defect(argsCode, 'rewrote', where, {
        path: `${field}.${member}`,
        wanted: 'string',
        found: kindOf(said[member]),
      })
      said = { ...said, [member]: args }
      same = false
    }
    if (same) return entry
    const { [field]: _, ...others } = rest
    return {
      index: call.index,
      ...(id !== undefined && { id }),
      ...(type !== undefined && { type }),
      ...others,
      [field]: said ?? { [member]: args },
    }
  }
}

/** Counts what is added to the arguments of a call. */
export function addArguments(call: ToolCall, text: string): void {
  const end = call.scan.feed(text)
  if (end < text.length && !isBlank(text.slice(end))) call.spoilt = true
  call.sent.add(text)
}

/** Whether the arguments of a call are no JSON, and no beginning of any. */
export function isMalformed({ scan, spoilt }: ToolCall): boolean {
  return spoilt || scan.status === 'malformed'
}

/** The entry with its arguments blank. */
function withoutArguments(entry: JsonObject): JsonObject {
  return isJsonObject(entry['function']) ? { ...entry, function: { ...entry['function'], arguments: '' } } : entry
}

/** Whether nothing can be added to a call's arguments without breaking them. */
function isOver({ scan }: ToolCall): boolean {
  return scan.status === 'whole' || scan.status === 'malformed'
}

function isBlank(args: string | undefined): boolean {
  return args === undefined || args.trim() === ''
}
