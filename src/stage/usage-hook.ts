import type { JsonObject } from '../defects/protocol.js'

/** What a usage hook is told about the answer. */
export interface UsageContext {
  /** The id of the message or response, as it is downstream. */
  readonly id: string
  /** The model that answered, or the empty string where nobody said. */
  readonly model: string
}

/**
 * Takes the usage of the terminal before it leaves; what it returns is sent, with a cost added for instance. It is called at
 * most once for each answer. What it throws is thrown on.
 */
export type UsageHook = (usage: JsonObject, context: UsageContext) => JsonObject
