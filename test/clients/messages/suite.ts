import type { Suite } from '../suite.js'
import { aiSdk } from './ai-sdk.js'
import { anthropicBetaStream, anthropicEvents, anthropicStream } from './anthropic-sdk.js'
import { exceptions } from './exceptions.js'
import { langchain } from './langchain.js'
import { type StreamEvent, stopReasonOf } from './stream-events.js'

/** The clients of `/v1/messages`. */
export const messagesClients: Suite<StreamEvent> = {
  protocol: 'messages',
  clients: [anthropicEvents, anthropicStream, anthropicBetaStream, aiSdk, langchain],
  exceptions,
  page: {
    file: 'clients.md',
    intro: `The event iterator of \`create({ stream: true })\` is read by a plain loop: text is printed as it comes, a tool runs when its block stops.
Tool arguments are compared as JSON. Arguments that are no JSON (malformed, or cut short where the stop reason allows it) must
reach the program as the text that was sent, or as what the client can read of it: no key and no value that is not in it.`,
  },
  wanted(expected, events) {
    const stopReason = stopReasonOf(events)
    return { ...expected, ...(stopReason !== undefined && { stopReason }) }
  },
}
