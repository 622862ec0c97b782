import { isJsonObject } from '../defects/protocol.js'
import type { Context } from './context.js'
import { Fingerprint } from './fingerprint.js'
import { ToolCalls } from './tool-calls.js'

/** One choice of the answer, as it is downstream. */
export interface Choice {
  readonly index: number
  readonly tools: ToolCalls
  /** A delta of it has been read. */
  begun: boolean
  /** Its finish reason, once one has been given; it may still be waiting. */
  finish: string | undefined
  /** The finish reason has not been sent: the next chunk may say that it was none. */
  doubtful: boolean
  /** Content came behind the finish reason (D-60). */
  revoked: boolean
  /** Something came behind the finish reason, whatever came behind that. */
  late: boolean
  /** The text that was sent. */
  readonly text: Fingerprint
}

/** The choices of an answer, by the upstream's index; folded into one where one was asked for (B13, D-61). */
export class Choices {
  readonly #context: Context
  readonly all: Choice[] = []
  #fold: boolean | undefined

  constructor(context: Context) {
    this.#context = context
    const { n } = context.request
    if (n !== undefined) this.#fold = n === 1
  }

  /**
   * The choice that an entry of `choices` means.
   *
   * @param position where the entry stands in its chunk.
   */
  of(entry: unknown, position: number): Choice {
    const given = isJsonObject(entry) ? indexOf(entry['index']) : undefined
    // D-61: unknown how many were asked for, and the first is not 0.
    if (this.#fold === undefined && given !== undefined) this.#fold = given !== 0
    const index = this.#fold === true ? 0 : (given ?? position)
    let choice = this.all[0]
    if (choice?.index !== index) choice = this.all.find((one) => one.index === index)
    if (choice === undefined) {
      const tools = new ToolCalls(this.#context, index)
      const text = new Fingerprint()
      choice = { index, tools, begun: false, finish: undefined, doubtful: false, revoked: false, late: false, text }
      this.all.push(choice)
    }
    return choice
  }

  /** What of it counts against `maxOpenBlocks`. */
  get size(): number {
    let size = this.all.length
    for (const { tools } of this.all) size += tools.all.length
    return size
  }
}

function indexOf(index: unknown): number | undefined {
  const count = typeof index === 'string' && /^\d+$/.test(index) ? Number(index) : index
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}
