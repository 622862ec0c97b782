import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { isCount } from '../defects/shape.js'
import type { Item } from './item.js'
import { isId } from './shapes.js'

/** What an event says of the item that it means. */
export interface Mention {
  readonly id: string | undefined
  readonly index: number | undefined
}

/** Beyond that an index says nothing, and counting on from it would end. */
const mostIndex = 2 ** 31

/** Reads what an event says of its item: the response's own id is no item's (A05). */
export function mentionOf(event: unknown, responseIds: ReadonlySet<string>): Mention {
  if (!isJsonObject(event)) return { id: undefined, index: undefined }
  const item = event['item']
  const id = isJsonObject(item) ? item['id'] : event['item_id']
  const index = event['output_index']
  return {
    id: isId(id) && !id.startsWith('resp_') && !responseIds.has(id) ? id : undefined,
    index: isCount(index) && index >= 0 && index < mostIndex ? index : undefined,
  }
}

/** Knows the items of a response by what the upstream calls them (D-40). */
export class Positions {
  /** All items, in the order in which they began. */
  readonly all: Item[] = []
  #open: Item[] = []
  readonly #byId = new Map<string, Item>()

  get open(): readonly Item[] {
    return this.#open
  }

  add(item: Item): void {
    this.all.push(item)
    this.#open.push(item)
    this.name(item, item.upstreamId)
  }

  /** Forgets all of them. */
  clear(): void {
    this.all.length = 0
    this.#open = []
    this.#byId.clear()
  }

  /** Whether an item goes by that id. */
  knows(id: string | undefined): boolean {
    return id !== undefined && this.#byId.has(id)
  }

  /** The type of the item that goes by that id. */
  typeOf(id: string | undefined): string | undefined {
    return id === undefined ? undefined : this.#byId.get(id)?.type
  }

  /** Notes an id that the upstream gave an item. */
  name(item: Item, id: string | undefined): void {
    if (id === undefined) return
    item.upstreamId ??= id
    const known = this.#byId.get(id)
    // An open item of another type keeps its name.
    if (known === undefined || known.type === item.type || known.state === 'done') this.#byId.set(id, item)
  }

  /** The item is done, or given up. */
  close(item: Item): void {
    this.#open = this.#open.filter((other) => other !== item)
  }

  forget(item: Item): void {
    this.close(item)
    this.all.splice(this.all.indexOf(item), 1)
    if (item.upstreamId !== undefined && this.#byId.get(item.upstreamId) === item) this.#byId.delete(item.upstreamId)
  }

  /** The open item that an event means: by its exact id, by its index, else the only one of its family (D-40). */
  find({ id, index }: Mention, fits: (item: Item) => boolean): Item | undefined {
    const open = this.#open.filter(fits)
    const placed = index === undefined ? undefined : open.findLast((item) => item.upstreamIndex === index)
    // Where several items have one id, the index tells which.
    if (placed !== undefined && placed.upstreamId === id) return placed
    const named = id === undefined ? undefined : this.#byId.get(id)
    if (named !== undefined && named.state !== 'done' && fits(named)) return named
    // What names an item that is done means that one, and comes late; or all items have this one id, and the index tells.
    if (named?.state === 'done' && fits(named)) return named.upstreamIndex === index ? undefined : placed
    if (placed !== undefined) return placed
    const [only] = open
    if (only === undefined || open.length > 1) return undefined
    // Another index is another item where the id says so too, or where the item has its index from its own events, because we
    // opened it for want of an announcement.
    const elsewhere = index !== undefined && only.upstreamIndex !== undefined
    const other = !only.announced || (id !== undefined && only.upstreamId !== undefined)
    return elsewhere && other ? undefined : only
  }

  /**
   * The same for an event that carries the item itself: where its id is no help a call is told by its `call_id`, because done as
   * another one it would run twice.
   */
  findItem(given: JsonObject, mention: Mention, fits: (item: Item) => boolean): Item | undefined {
    const found = this.find(mention, fits)
    const call = given['call_id']
    if (!isId(call) || found?.value['call_id'] === call) return found
    const called = this.#open.find((item) => fits(item) && item.value['call_id'] === call)
    const named = found !== undefined && (found.upstreamId === mention.id || !isId(found.value['call_id']))
    return named ? found : (called ?? found)
  }

  /** The item that is done and that an event means: by its id, else by its index. */
  findDone({ id, index }: Mention, fits: (item: Item) => boolean): Item | undefined {
    const named = id === undefined ? undefined : this.#byId.get(id)
    if (named?.state === 'done' && fits(named)) return named
    if (index === undefined) return undefined
    return this.all.findLast((item) => item.state === 'done' && item.upstreamIndex === index && fits(item))
  }
}
