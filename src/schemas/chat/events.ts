import { z } from 'zod'
import type { ChatEvent } from '../../chat/types/events.js'
import { openObject } from '../open.js'
import { chatChoice, chatFilterChoice } from './choices.js'
import { chatErrorEvent } from './errors.js'
import { absent, chosen } from './fields.js'
import { promptFilterResult } from './filters.js'
import { chatUsage } from './usage.js'

const text = z.string().nullish()

// `created` may be any number: no client reads it, and gateways count in what they like (CH-13).
const envelope = {
  id: z.string(),
  created: z.number(),
  model: z.string(),
  error: absent,
  service_tier: text,
  system_fingerprint: text,
  obfuscation: text,
  moderation: openObject.nullish(),
  prompt_filter_results: z.array(promptFilterResult).nullish(),
}

/** Schema of `ChatCompletionChunk` (CH-1, CH-2). */
export const chatCompletionChunk = z.looseObject({
  ...envelope,
  object: z.literal('chat.completion.chunk'),
  choices: z.array(chatChoice),
  usage: chatUsage.nullish(),
})

/** Schema of `ChatFilterChunk` (A18). */
export const chatFilterChunk = z.looseObject({
  ...envelope,
  object: z.literal(''),
  choices: z.array(chatFilterChoice),
  usage: z.null().optional(),
})

/** Schema of `ChatBareChunk` (A17). That only audio streams may hold it is not looked at. */
export const chatBareChunk = z.looseObject({
  ...envelope,
  object: z.literal('chat.completion.chunk'),
  choices: absent,
  usage: z.null().optional(),
})

const hasDelta = (choice: unknown) => typeof choice === 'object' && choice !== null && 'delta' in choice

/** Schema of `ChatEvent`. Chat has no `type`, so that what an event carries tells which it is. */
export const chatEvent: z.ZodType<ChatEvent> = chosen((event) => {
  const { error, choices, object, usage } = event
  if (error != null) return chatErrorEvent
  if (choices === undefined && usage == null) return chatBareChunk
  return object === '' && Array.isArray(choices) && !choices.some(hasDelta) ? chatFilterChunk : chatCompletionChunk
})

/**
 * Checks one event of a `/v1/chat/completions` stream against its schema.
 *
 * Unknown fields pass, and so do finish reasons and types of tools that are newer than this package. What takes more than
 * one event to see is not looked at (which delta is the first, whether a choice has finished): that is what `check` is for.
 *
 * @param value The parsed JSON of one frame's data. `[DONE]` is no event.
 * @returns zod's result: `success` with the event as `data`, or `error` with the paths of what is wrong. Never throws,
 *   and its issues contain no value of the event.
 * @example
 * ```ts
 * const envelope = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: 'm' }
 * const result = parseChatEvent({ ...envelope, choices: [{ index: '0', delta: { content: 'Hi' } }] })
 * result.success // false
 * result.error?.issues[0]?.path // ['choices', 0, 'index']
 * ```
 */
export function parseChatEvent(value: unknown): z.ZodSafeParseResult<ChatEvent> {
  return chatEvent.safeParse(value)
}
