import { aiSdk } from './ai-sdk.js'
import { anthropicBetaStream, anthropicEvents, anthropicStream } from './anthropic-sdk.js'
import { langchain } from './langchain.js'
import type { Client } from './outcome.js'

/** Every client of `/v1/messages` that the normalised streams are given to. */
export const clients: readonly Client[] = [anthropicEvents, anthropicStream, anthropicBetaStream, aiSdk, langchain]
