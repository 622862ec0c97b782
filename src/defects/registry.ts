import { chatChunks } from './prose/chat-chunks.js'
import { chatEnding } from './prose/chat-ending.js'
import { chatTools } from './prose/chat-tools.js'
import { errors } from './prose/errors.js'
import { messagesBlocks } from './prose/messages-blocks.js'
import { messagesContent } from './prose/messages-content.js'
import { messagesEnding } from './prose/messages-ending.js'
import { messagesMessage } from './prose/messages-message.js'
import { messagesTail } from './prose/messages-tail.js'
import { messagesTools } from './prose/messages-tools.js'
import { responsesContent } from './prose/responses-content.js'
import { responsesEnding } from './prose/responses-ending.js'
import { responsesItems } from './prose/responses-items.js'
import { responsesLifecycle } from './prose/responses-lifecycle.js'
import { responsesTools } from './prose/responses-tools.js'
import { sse } from './prose/sse.js'
import type { Repair } from './types.js'

/** Everything that is known about one code. Data for `explain`, the docs and the tests; the core never loads it. */
export interface CodeInfo {
  /** One short phrase, without a full stop. */
  readonly title: string
  /** The rules or decisions it stands on: headings of docs/validity.md, as in `AN-5`, `D-22` or `Law 8`. */
  readonly rule: string | readonly string[]
  readonly severity: 'defect' | 'observation'
  /** What is usually done about it; `repair` tells of the exceptions. */
  readonly action: Repair | 'none'
  /** What the upstream sends. */
  readonly summary: string
  /** What comes out instead. */
  readonly repair: string
  /** Who was seen to send it, with a public thread (`owner/repo#123`) where there is one. */
  readonly emitters: readonly { readonly product: string; readonly versions?: string; readonly issue?: string }[]
  /** Which client breaks on it, and how. */
  readonly clients: readonly { readonly client: string; readonly breaks: string }[]
  /** The entry of the collection of real streams that the code was named after. */
  readonly catalogue: string
}

// The annotation is spelled out because a spread has no type of its own under isolatedDeclarations.
/** Every code by its name: the one source for the `Code` type, `explain`, docs/defects.md and the tests. */
export const registry: typeof sse &
  typeof errors &
  typeof messagesMessage &
  typeof messagesBlocks &
  typeof messagesContent &
  typeof messagesTools &
  typeof messagesTail &
  typeof messagesEnding &
  typeof responsesLifecycle &
  typeof responsesItems &
  typeof responsesContent &
  typeof responsesTools &
  typeof responsesEnding &
  typeof chatChunks &
  typeof chatTools &
  typeof chatEnding = {
  ...sse,
  ...errors,
  ...messagesMessage,
  ...messagesBlocks,
  ...messagesContent,
  ...messagesTools,
  ...messagesTail,
  ...messagesEnding,
  ...responsesLifecycle,
  ...responsesItems,
  ...responsesContent,
  ...responsesTools,
  ...responsesEnding,
  ...chatChunks,
  ...chatTools,
  ...chatEnding,
}

/**
 * Takes a code and returns what is known about it.
 *
 * @example
 * codeInfo('messages/block-delta-without-start').action // 'inserted'
 */
export function codeInfo(code: keyof typeof registry): CodeInfo {
  return registry[code]
}

/**
 * Takes `owner/repo#123` and returns the address of that thread. Throws a `TypeError` on anything else, because a
 * wrong link is a mistake in the registry and not in a stream.
 *
 * @example
 * issueUrl('BerriAI/litellm#27442') // 'https://github.com/BerriAI/litellm/issues/27442'
 */
export function issueUrl(issue: string): string {
  const parts = /^([\w.-]+\/[\w.-]+)#(\d+)$/.exec(issue)
  if (!parts) throw new TypeError(`not an issue reference: ${issue}`)
  return `https://github.com/${parts[1]}/issues/${parts[2]}`
}
