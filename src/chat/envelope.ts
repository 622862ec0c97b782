import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { isCount, isString } from '../defects/shape.js'
import type { Context } from './context.js'

const code = 'chat/chunk-envelope'
const kind = 'chat.completion.chunk'

/** What stands around the choices of every chunk: one id, the kind, the time and the model (B11). */
export class Envelope {
  readonly #context: Context
  #created: number
  #known = false
  /** The id that every chunk has downstream; empty until one is known. */
  id = ''
  model: string

  constructor(context: Context) {
    this.#context = context
    this.#created = context.options.createdAt ?? 0
    this.model = context.request.model ?? ''
  }

  /** A chunk of our own making, around its choices. */
  around(choices: readonly JsonObject[], more: JsonObject = {}): JsonObject {
    this.#identify()
    return { id: this.id, object: kind, created: this.#created, model: this.model, choices, ...more }
  }

  /** Takes the id of a chunk for the one of all, where none is known. */
  meet(id: unknown): void {
    if (isString(id) && this.id === '') this.id = id
  }

  /** The id of the answer, drawn where no chunk has had one. */
  get identity(): string {
    this.#identify()
    return this.id
  }

  /**
   * Completes the envelope of a chunk.
   *
   * @param spare the chunk has no choice that says anything: there vendors leave fields empty (FINDINGS A18).
   * @param emptied the chunk will not be sent, and nobody downstream learns the model from it.
   */
  complete(value: JsonObject, where: Where, spare: boolean, emptied: boolean): JsonObject {
    const { id, object, created, model } = value
    if (!this.#known && !emptied && isString(model) && model !== '') this.#learn(created, model)
    let whole = value
    const change = (name: string, wanted: unknown, expected: string) => {
      this.#context.rewrote(code, where, name, value[name], expected)
      whole = { ...whole, [name]: wanted }
    }
    const azure = id === '' && spare
    this.meet(id)
    if ((id !== this.id || id === '') && !azure) {
      if (spare && this.id === '') change('id', '', 'string')
      else {
        this.#identify()
        change('id', this.id, 'one id')
      }
    }
    if (object !== kind && !(object === '' && spare && !isJsonObject(value['usage'])))
      change('object', kind, 'the kind of a chunk')
    if (!isCount(created)) {
      const seconds = Math.floor(Number(created))
      const given = (isString(created) || typeof created === 'number') && Number.isSafeInteger(seconds)
      change('created', given ? seconds : this.#created, 'integer')
    }
    if (!isString(model)) change('model', this.model, 'string')
    return whole
  }

  #learn(created: unknown, model: string): void {
    this.#known = true
    this.model = model
    // FINDINGS A17: the models that speak send chunks without choices, and no finish reason.
    if (/\baudio\b/.test(model)) this.#context.audio = true
    if (isCount(created)) this.#created = created
  }

  #identify(): void {
    if (this.id === '') this.id = `chatcmpl-${this.#context.newId()}`
  }
}
