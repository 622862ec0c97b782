import { contentRules } from './content.js'
import { endingsRules } from './endings.js'
import { errorsRules } from './errors.js'
import { framingRules } from './framing.js'
import { identityRules } from './identity.js'
import { openingRules } from './opening.js'
import { positionsRules } from './positions.js'
import type { Rule } from './rule.js'
import { toolsRules } from './tools.js'

/** What is shown of each code of the registry that is not about framing alone. */
export const rules: readonly Rule[] = [
  ...framingRules,
  ...errorsRules,
  ...openingRules,
  ...identityRules,
  ...positionsRules,
  ...contentRules,
  ...toolsRules,
  ...endingsRules,
]
