import type * as choices from '../../../src/schemas/chat/choices.js'
import type * as completion from '../../../src/schemas/chat/completion.js'
import type * as errors from '../../../src/schemas/chat/errors.js'
import type * as events from '../../../src/schemas/chat/events.js'
import type * as filters from '../../../src/schemas/chat/filters.js'
import type * as calls from '../../../src/schemas/chat/tool-calls.js'
import type * as usage from '../../../src/schemas/chat/usage.js'

/** All that the files of the chat schemas give out, by name. */
export type ChatSchemas = typeof choices &
  typeof completion &
  typeof errors &
  typeof events &
  typeof filters &
  typeof calls &
  typeof usage
