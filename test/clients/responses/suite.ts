import type { Suite } from '../suite.js'
import { agents } from './agents.js'
import { aiSdk, aiSdk6 } from './ai-sdk.js'
import { codex, codexRuns } from './codex.js'
import { exceptions } from './exceptions.js'
import { langchain } from './langchain.js'
import { openai6Events, openai6Stream, openaiEvents, openaiStream } from './openai-sdk.js'
import { clientToolNames, type StreamEvent, stopReasonOf } from './stream-events.js'

const scripted = [openaiEvents, openaiStream, openai6Events, openai6Stream, aiSdk, aiSdk6, agents, langchain]

/** The clients of `/v1/responses`. */
export const responsesClients: Suite<StreamEvent> = {
  protocol: 'responses',
  ...(codexRuns ? { clients: [...scripted, codex] } : { clients: scripted, absent: [codex] }),
  exceptions,
  page: {
    file: 'clients-responses.md',
    intro: `The stop reason here is \`completed\`, or the reason why the response is incomplete. A refusal counts as text, since some clients
hand it over as text. Tool arguments are compared as JSON; arguments that are no JSON must reach the program as the text that was sent.

The event iterator of \`create({ stream: true })\` is read by a plain loop: text is printed as it comes, a tool runs when its item is
done, and failures are left to what the SDK throws. \`codex exec\` talks to a provider of its own on loopback, with \`stream_max_retries = 2\`
and \`request_max_retries = 0\`; the number in brackets is how often it sent the prompt. Its tool calls are those that it sends back
with what became of them.`,
  },
  wanted(expected, events) {
    const stopReason = stopReasonOf(events)
    const names = clientToolNames(events)
    // What the server ran is no call for the program.
    const tools = expected.tools.filter(({ name }) => names.has(name))
    return { ...expected, tools, ...(stopReason !== undefined && { stopReason }) }
  },
}
