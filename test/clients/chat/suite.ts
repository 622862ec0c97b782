import type { Suite } from '../suite.js'
import { agents } from './agents.js'
import { aiSdk, aiSdk6, aiSdkCompatible } from './ai-sdk.js'
import { unfinishedCalls, withOtherCalls } from './calls.js'
import { exceptions } from './exceptions.js'
import { langchain } from './langchain.js'
import { openai6Chunks, openai6Stream, openaiChunks, openaiStream } from './openai-sdk.js'
import { finishReasonOf, type StreamEvent } from './stream-events.js'

/** The clients of `/v1/chat/completions`. */
export const chatClients: Suite<StreamEvent> = {
  protocol: 'chat',
  clients: [
    ...[openaiChunks, openaiStream, openai6Chunks, openai6Stream],
    ...[aiSdk, aiSdk6, aiSdkCompatible, agents, langchain],
  ],
  exceptions,
  page: {
    file: 'clients-chat.md',
    intro: `The stop reason here is the \`finish_reason\` of the first choice. A refusal counts as text, since some clients hand it over as text.
Tool arguments are compared as JSON; arguments that are no JSON must reach the program as the text that was sent. Several choices are
put one behind the other.

The chunks of \`create({ stream: true })\` are read by a plain loop: text is printed as it comes, reasoning is read from \`reasoning_content\`
or \`reasoning\`, tools run when the loop is over, whatever the finish reason says, and failures are left to what the SDK throws.`,
  },
  wanted(expected, events) {
    const stopReason = finishReasonOf(events)
    return { ...withOtherCalls(expected, events), ...(stopReason !== undefined && { stopReason }) }
  },
  unfinishedCalls,
}
