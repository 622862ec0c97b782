import { afterEndRules } from './after-end.js'
import { blockStartsRules } from './block-starts.js'
import { blockStopsRules } from './block-stops.js'
import { deltaContentRules } from './delta-content.js'
import { deltasRules } from './deltas.js'
import { emptyMessagesRules } from './empty-messages.js'
import { emptyTextRules } from './empty-text.js'
import { endingsRules } from './endings.js'
import { errorsRules } from './errors.js'
import { fieldsRules } from './fields.js'
import { foreignRules } from './foreign.js'
import { framingRules } from './framing.js'
import { indicesRules } from './indices.js'
import { interleavingRules } from './interleaving.js'
import { limitsRules } from './limits.js'
import { messageDeltaRules } from './message-delta.js'
import { messageStartRules } from './message-start.js'
import { missingStartsRules } from './missing-starts.js'
import type { Rule } from './rule.js'
import { signaturesRules } from './signatures.js'
import { startContentRules } from './start-content.js'
import { stopReasonsRules } from './stop-reasons.js'
import { toolArgumentsRules } from './tool-arguments.js'
import { toolIdentityRules } from './tool-identity.js'
import { usageRules } from './usage.js'
import { wholeMessageRules } from './whole-message.js'

/** What is shown of each code of the registry that is not about framing alone. */
export const rules: readonly Rule[] = [
  ...framingRules,
  ...limitsRules,
  ...errorsRules,
  ...messageStartRules,
  ...wholeMessageRules,
  ...fieldsRules,
  ...usageRules,
  ...missingStartsRules,
  ...blockStartsRules,
  ...blockStopsRules,
  ...emptyTextRules,
  ...indicesRules,
  ...interleavingRules,
  ...startContentRules,
  ...deltasRules,
  ...deltaContentRules,
  ...signaturesRules,
  ...toolIdentityRules,
  ...toolArgumentsRules,
  ...stopReasonsRules,
  ...messageDeltaRules,
  ...emptyMessagesRules,
  ...endingsRules,
  ...afterEndRules,
  ...foreignRules,
]
