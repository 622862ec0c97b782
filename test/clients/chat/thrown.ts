import { messageOf } from '../outcome.js'

/**
 * The message of whatever was thrown, the same in every run: how the engine words that something is no list depends on
 * whether it has compiled the loop by then.
 */
export function messageOfThrown(error: unknown): string {
  return messageOf(error).replace(/^(undefined is not a function|.*is not iterable.*)$/, 'something is not iterable')
}
