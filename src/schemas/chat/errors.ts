import { z } from 'zod'
import { absent } from './fields.js'

const text = z.string().nullish()

/** Schema of `ChatError`. */
export const chatError = z.looseObject({
  message: z.string(),
  type: text,
  param: text,
  code: z.union([z.string(), z.number()]).nullish(),
})

/** Schema of `ChatErrorEvent` (CH-15). */
export const chatErrorEvent = z.looseObject({ error: chatError, choices: absent })
