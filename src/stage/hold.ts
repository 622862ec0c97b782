import type { Limits } from './limits.js'

/** Counts what one machine holds back, over all its holds, against the caller's limits (law 8). */
export class HeldCount {
  readonly #limits: Limits
  #bytes = 0
  #frames = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  add(bytes: number): void {
    this.#bytes += bytes
    this.#frames++
  }

  remove(bytes: number): void {
    this.#bytes -= bytes
    this.#frames--
  }

  /** The name of the limit that what is held breaks, if any. */
  get broken(): 'maxHeldBytes' | 'maxHeldFrames' | undefined {
    if (this.#bytes > this.#limits.maxHeldBytes) return 'maxHeldBytes'
    return this.#frames > this.#limits.maxHeldFrames ? 'maxHeldFrames' : undefined
  }
}

/** What a hold keeps: anything with something to send. */
interface Held {
  readonly raw: Uint8Array | string
}

interface Group<Item> {
  readonly key: string | number | undefined
  readonly items: Item[]
}

/**
 * The first-in-first-out hold of what may not leave yet (law 7), kept in groups that leave one after the other, each with its
 * items in order (D-20).
 */
export class Hold<Item extends Held> {
  readonly #count: HeldCount
  readonly #groups: Group<Item>[] = []
  readonly #latest = new Map<string | number, Group<Item>>()

  constructor(count: HeldCount) {
    this.#count = count
  }

  /** How many groups wait. */
  get size(): number {
    return this.#groups.length
  }

  /** Whether the group that would leave next has a key, which means that it holds more than noise. */
  get headIsKeyed(): boolean {
    return this.#groups[0]?.key !== undefined
  }

  has(key: string | number): boolean {
    return this.#latest.has(key)
  }

  /** The items of the last group of a key. */
  of(key: string | number): readonly Item[] {
    return this.#latest.get(key)?.items ?? []
  }

  /** Adds an item to the last group of its key, or to a new one. */
  push(item: Item, key: string | number, fresh = false): void {
    this.#count.add(item.raw.length)
    let group = fresh ? undefined : this.#latest.get(key)
    if (group === undefined) {
      group = { key, items: [] }
      this.#groups.push(group)
      this.#latest.set(key, group)
    }
    group.items.push(item)
  }

  /** Adds an item behind everything that waits. */
  pushLast(item: Item): void {
    this.#count.add(item.raw.length)
    const last = this.#groups[this.#groups.length - 1]
    if (last === undefined) this.#groups.push({ key: undefined, items: [item] })
    else last.items.push(item)
  }

  /** Takes the items of the oldest group out. */
  shift(): Item[] {
    const group = this.#groups.shift()
    if (group === undefined) return []
    if (group.key !== undefined && this.#latest.get(group.key) === group) this.#latest.delete(group.key)
    for (const item of group.items) this.#count.remove(item.raw.length)
    return group.items
  }
}
