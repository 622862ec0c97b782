import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { saysError } from '../errors/recognise.js'
import { saysAnything } from './delta.js'
import { choicesIn, isFailed } from './intake.js'

// Chunks with an error beside their choices, or inside one (D-6, C-E04, C-E08).

/** The content of such a chunk, which leaves first; undefined where it has none. */
export function contentBeside({ error: _, ...chunk }: JsonObject): JsonObject | undefined {
  const rest = choicesIn(chunk).map((choice) => (isFailed(choice) ? withoutFailure(choice as JsonObject) : choice))
  if (!rest.some((choice) => isJsonObject(choice) && saysDelta(choice))) return undefined
  // The error is told by its own defect.
  const open = rest.map((choice) => (isJsonObject(choice) ? { ...choice, finish_reason: null } : choice))
  return { ...chunk, choices: open }
}

/** The error of such a chunk; a choice may have failed without a word. */
export function errorBeside(chunk: JsonObject): JsonObject {
  const failed = choicesIn(chunk).find((choice) => isJsonObject(choice) && saysError(choice['error']))
  const inside = isJsonObject(failed) ? failed['error'] : { message: '' }
  return { error: saysError(chunk['error']) ? chunk['error'] : inside, choices: [] }
}

function withoutFailure({ error: _, ...rest }: JsonObject): JsonObject {
  return { ...rest, finish_reason: null }
}

/** Whether a choice carries content of the answer. */
function saysDelta({ delta, message }: JsonObject): boolean {
  const said = isJsonObject(delta) ? delta : message
  return isJsonObject(said) && saysAnything(said)
}
