import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { type Finding, isString, kindOf } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { JsonScan, type JsonStatus } from '../sse/json-scan.js'
import { nestedDeeper } from '../sse/nesting.js'
import type { Context } from './context.js'
import type { Arguments, Item } from './item.js'
import type { Call } from './item-types.js'

/** An item that has arguments. */
export type CallItem = Item & { readonly call: Call; readonly args: Arguments }

export function isCall(item: Item): item is CallItem {
  return item.call !== undefined && item.args !== undefined
}

const wrong = 'responses/tool-args-in-wrong-event'
const jsonStart = /^\s*(?:[{["\d-]|t(?:r|$)|f(?:a|$)|n(?:u|$)|$)/

/** The arguments of calls: sent as they come, and once, whatever events they come in (A10, A21, D-45). */
export class ToolCalls {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  /** One delta of arguments. False where it was not sent. */
  append(item: CallItem, frame: EventFrame, type: string, text: string, restated: JsonObject | undefined): boolean {
    const { args, call } = item
    const { held, reporter } = this.#context
    if (args.done) {
      // D-46: what the call has already is dropped; anything else cannot be put anywhere.
      const again = args.sent.text.startsWith(text, args.again)
      if (again) args.again += text.length
      if (again || text.trim() === '') reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      else this.#context.lose('responses/duplicate-or-late-events', frame)
      return false
    }
    const begins = args.sent.length === 0 && call.client && call.json
    if (args.obscure.length > 0 || (begins && !jsonStart.test(text))) {
      args.obscure.push(frame)
      held.add(frame.raw.length)
      return false
    }
    this.#send(item, frame, type, text, restated)
    return true
  }

  #send(item: CallItem, frame: EventFrame, type: string, text: string, restated: JsonObject | undefined): void {
    this.take(item, text)
    this.#context.writer.sendAt(frame, type, item.place, restated)
  }

  /** Whether a call that is done has what comes late for it (D-46): a delta says them on, a done says them all. */
  hasAlready({ args }: CallItem, said: string, step: string): boolean {
    const { text } = args.sent
    if (step !== 'delta') return text.startsWith(said) || JSON.stringify(parsed(said)) === JSON.stringify(parsed(text))
    const again = text.startsWith(said, args.again) || text.endsWith(said)
    if (again) args.again += said.length
    return again
  }

  /** Malformed arguments are the model's own: no prefix of any JSON, and left alone. */
  #observe({ args, call }: CallItem, where: Where): void {
    if (!call.client || !call.json) return
    if (args.overflowing || args.scan.status === 'malformed')
      this.#context.reporter.observe('responses/tool-args-malformed', where)
  }

  take({ args, call }: CallItem, text: string): void {
    args.sent.add(text)
    this.#context.held.keep(text.length)
    if (!call.json) return
    const end = args.scan.feed(text)
    if (end < text.length && text.slice(end).trim() !== '') args.overflowing = true
  }

  /** `function_call_arguments.done` and its kin. */
  argumentsDone(item: CallItem, frame: EventFrame, type: string): void {
    const { args, call } = item
    const value = frame.value as JsonObject
    const { reporter, writer } = this.#context
    const given = value[call.field]
    if (args.done) {
      const again = !isString(given) || this.hasAlready(item, given, 'done')
      if (again) reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      else this.#context.lose('responses/duplicate-or-late-events', frame)
      return
    }
    const final = this.settle(item, given, frame)
    writer.misplaced(frame, item.place)
    args.done = true
    this.#observe(item, frame)
    writer.send(frame, type, item.place, final === given ? undefined : { ...value, [call.field]: final })
  }

  /** Whether a done says nothing of arguments, and none have come: they may still come in the next item's place (D-45). */
  isBlank({ args, call }: CallItem, given: unknown): boolean {
    const blank = given === undefined || given === null || (isString(given) && given.trim() === '')
    return (
      call.client &&
      call.json &&
      blank &&
      !args.done &&
      args.obscure.length === 0 &&
      args.owed === '' &&
      args.sent.text.trim() === ''
    )
  }

  /** Whether a call would end with arguments that are a proper prefix of JSON. */
  wouldBeCut({ args, call }: CallItem, said: unknown): boolean {
    if (!call.client || !call.json) return false
    // What was told as their end cannot be taken back.
    if (args.done) return args.scan.status === 'cut'
    const given = isString(said) && said.trim() !== '' ? statusOf(said) : undefined
    return given === undefined
      ? args.scan.status === 'cut' && !isJsonObject(said)
      : given === 'cut' && args.scan.status !== 'whole'
  }

  /** What the arguments are in the end, with what of it has not been sent sent now. */
  settle(item: CallItem, said: unknown, where: Where): string {
    const { args, call } = item
    const { reporter, writer } = this.#context
    let given = isString(said) ? said : this.#written(said, args)
    const detail = { path: call.field, wanted: 'string', found: kindOf(said) }
    if (!isString(said) && given !== '') reporter.defect(wrong, 'rewrote', where, detail)
    const cleared = this.#clear(item, given)
    const sent = args.sent.text
    if (isNothing(call, given)) given = isNothing(call, sent) ? sent + args.owed : sent
    else if (sent !== '' && statusOf(given) === 'cut' && args.scan.status === 'whole') given = sent
    // D-45: blank to the end means no arguments.
    if (given.trim() === '' && call.client && call.json) given = `${sent}{}`
    if (given === sent) {
      if (isString(said) && said !== sent) reporter.defect(wrong, 'rewrote', where, detail)
      return sent
    }
    if (given.startsWith(sent)) {
      if (!cleared) reporter.defect(wrong, 'inserted', where, { path: call.field })
      const delta = given.slice(sent.length)
      this.take(item, delta)
      writer.make({ type: `${call.events}.delta`, ...item.place, delta }, where)
    } else {
      reporter.observe('responses/snapshot-diverges', where, { path: call.field })
      args.scan = new JsonScan()
      args.overflowing = false
      args.sent.clear()
      this.take(item, given)
    }
    return given
  }

  /** What holds the arguments of a call that the client runs, with them as text, and nothing else filled in (A10, D-50). */
  written(holder: JsonObject, { field, client }: Call, findings: Finding[]): JsonObject {
    const { limits, writer } = this.#context
    const said = holder[field]
    if (!client || isString(said)) return holder
    findings.push({ code: wrong, action: 'rewrote', path: field, wanted: 'string', found: kindOf(said) })
    if (nestedDeeper(said, limits.maxDepth)) writer.tooDeep = true
    const text = typeof said === 'object' && said !== null && !writer.tooDeep ? JSON.stringify(said) : ''
    return { ...holder, [field]: text }
  }

  /** Arguments that came as a value: as the deltas wrote them, where they are whole (A10). */
  #written(said: unknown, { sent, scan }: Arguments): string {
    if (!isJsonObject(said) && !Array.isArray(said)) return ''
    const { limits, writer } = this.#context
    if (nestedDeeper(said, limits.maxDepth)) {
      writer.tooDeep = true
      return ''
    }
    const text = JSON.stringify(said)
    return scan.status === 'whole' && JSON.stringify(parsed(sent.text)) === text ? sent.text : text
  }

  /** Deltas that waited for the clear text: they are that text, or they are dropped for it (A21). */
  #clear(item: CallItem, clear: string): boolean {
    const { args, call } = item
    const obscure = args.obscure.splice(0)
    if (obscure.length === 0) return false
    const texts = obscure.map((frame) => String((frame.value as JsonObject)['delta']))
    const kept = clear.trim() === '' || texts.join('') === clear
    obscure.forEach((frame, index) => {
      this.#context.held.remove(frame.raw.length)
      if (kept) this.#send(item, frame, `${call.events}.delta`, texts[index] ?? '', undefined)
      else this.#context.reporter.defect('responses/tool-delta-obfuscated', 'dropped', frame)
    })
    return !kept
  }

  /** Lets go what waits before an error: arguments that were never told in clear. */
  abandon(item: CallItem, where: Where): void {
    this.#clear(item, '')
    const { args, call, place } = item
    if (args.done || args.owed === '' || args.sent.length > 0) return
    this.#context.reporter.defect(wrong, 'inserted', where, { path: call.field })
    this.take(item, args.owed)
    this.#context.writer.make({ type: `${call.events}.delta`, ...place, delta: args.owed }, where)
  }

  /** Closes the arguments of a call whose item is done (A09). */
  close(item: CallItem, said: unknown, where: Where): string {
    const { args, call, place, value } = item
    const { reporter, writer } = this.#context
    if (args.done) return this.#late(item, said, where)
    const final = this.settle(item, said, where)
    args.done = true
    this.#observe(item, where)
    if (item.type === 'function_call') {
      const type = `${call.events}.done`
      reporter.defect('responses/item-done-missing', 'inserted', where, { path: type })
      writer.make({ type, ...place, name: value['name'], [call.field]: final }, where)
    }
    return final
  }

  /** What an item says of arguments that were done before. */
  #late({ args, call }: CallItem, said: unknown, where: Where): string {
    const { reporter } = this.#context
    const sent = args.sent.text
    const detail = { path: call.field, wanted: 'string', found: kindOf(said) }
    if (said === sent) return sent
    // What the client was to run has gone out empty, and cannot be told any more.
    if (isString(said) && said !== '' && sent === '' && call.client) {
      this.#context.lose(wrong, where)
      return sent
    }
    // Cut arguments beat neither whole ones nor what the model wrote otherwise (D-44).
    const told = args.scan.status === 'whole' || args.scan.status === 'malformed'
    if (!isString(said) || isNothing(call, said) || (statusOf(said) === 'cut' && told)) {
      reporter.defect(wrong, 'rewrote', where, detail)
      return sent
    }
    reporter.observe('responses/snapshot-diverges', where, detail)
    return said
  }
}

/** Whether a text says nothing: white space is no JSON, but it is the input of a tool that takes text. */
function isNothing({ json }: Call, text: string): boolean {
  return (json ? text.trim() : text) === ''
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** What a text is as JSON. */
export function statusOf(text: string): JsonStatus {
  const scan = new JsonScan()
  scan.feed(text)
  return scan.status
}
