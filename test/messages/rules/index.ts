import { blockOrder } from './block-order.js'
import { blockStarts } from './block-starts.js'
import { blockStops } from './block-stops.js'
import { deltas } from './deltas.js'
import { endings } from './endings.js'
import { errors } from './errors.js'
import { framing } from './framing.js'
import { message } from './message.js'
import type { Rule } from './rule.js'
import { tail } from './tail.js'
import { tools } from './tools.js'

/** What is shown of each code of the registry that is not about framing alone. */
export const rules: readonly Rule[] = [
  ...framing,
  ...errors,
  ...message,
  ...blockStarts,
  ...blockStops,
  ...blockOrder,
  ...deltas,
  ...tools,
  ...tail,
  ...endings,
]
