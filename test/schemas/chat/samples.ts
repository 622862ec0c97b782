import { calls } from './calls.js'
import { choices } from './choices.js'
import { chunks } from './chunks.js'
import { completion } from './completion.js'
import type { ChatSample } from './values.js'

/** A sample of each schema of chat, by the schema's name. */
export const samples: Readonly<Record<string, ChatSample>> = { ...chunks, ...choices, ...calls, ...completion }
