import { chunkRules } from './chunks.js'
import { endingRules } from './endings.js'
import { errorRules } from './errors.js'
import { framingRules } from './framing.js'
import type { Rule } from './rule.js'
import { toolRules } from './tools.js'

/** What is shown of each code of the registry that is not about framing alone. */
export const rules: readonly Rule[] = [...framingRules, ...errorRules, ...chunkRules, ...toolRules, ...endingRules]
