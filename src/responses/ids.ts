import type { Where } from '../defects/reporter.js'
import type { Context } from './context.js'
import type { Item } from './item.js'
import { idPrefix } from './item-types.js'
import type { Mention } from './positions.js'

/** The ids and places that items have downstream, each once. */
export class Ids {
  readonly #context: Context
  readonly #given = new Set<string>()
  /** Places of items whose start was not seen are not counted through (D-50). */
  readonly #indices = new Set<number>()

  constructor(context: Context) {
    this.#context = context
  }

  /** Gives an item its id and place. */
  place(item: Item, where: Where): void {
    const { writer, resumed, reporter } = this.#context
    // D-50: what was not seen has places as well.
    const output_index = resumed ? Math.max(item.upstreamIndex ?? 0, writer.next) : writer.next
    writer.next = output_index + 1
    if (resumed) this.#indices.add(output_index)
    let id = item.upstreamId ?? ''
    if (id === '' || this.#given.has(id)) {
      id = this.#derived(idPrefix(item.type), output_index)
      while (this.#given.has(id)) id += '_'
    } else if (!id.startsWith(`${idPrefix(item.type)}_`) && idPrefix(item.type) !== 'item') {
      reporter.observe('responses/item-id-odd', where, { path: 'item.id' })
    }
    this.#give(item, id, output_index)
  }

  /** The place of an item whose start was not seen: what its first event says of it, made up where that says nothing. */
  placeUnseen(item: Item, { id, index }: Mention): void {
    const { writer } = this.#context
    const output_index = index === undefined || this.#indices.has(index) ? writer.next : index
    this.#indices.add(output_index)
    writer.next = Math.max(writer.next, output_index + 1)
    item.unseen = true
    this.#give(item, id ?? this.#derived(idPrefix(item.type), output_index), output_index)
  }

  #give(item: Item, id: string, output_index: number): void {
    this.#given.add(id)
    item.id = id
    item.place = { item_id: id, output_index }
  }

  /** The `call_id` of a call that has none. */
  callId(): string {
    return this.#derived('call', this.#context.writer.next)
  }

  /** An id that replays agree on. */
  #derived(prefix: string, position: number): string {
    return `${prefix}_${this.#context.responseId.replace(/^resp_/, '')}_${position}`
  }

  clear(): void {
    this.#given.clear()
    this.#indices.clear()
  }
}
