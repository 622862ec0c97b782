/**
 * The events about calls of the tools that the vendor runs: searches, code and images.
 */
import type { ItemEvent, Obfuscated } from './event-fields.js'

// Searches

/** The search of the web has been called. */
export interface ResponseWebSearchCallInProgressEvent extends ItemEvent {
  type: 'response.web_search_call.in_progress'
}

/** The search of the web runs. */
export interface ResponseWebSearchCallSearchingEvent extends ItemEvent {
  type: 'response.web_search_call.searching'
}

/** The search of the web is over. */
export interface ResponseWebSearchCallCompletedEvent extends ItemEvent {
  type: 'response.web_search_call.completed'
}

/** The search of the files has been called. */
export interface ResponseFileSearchCallInProgressEvent extends ItemEvent {
  type: 'response.file_search_call.in_progress'
}

/** The search of the files runs. */
export interface ResponseFileSearchCallSearchingEvent extends ItemEvent {
  type: 'response.file_search_call.searching'
}

/** The search of the files is over. */
export interface ResponseFileSearchCallCompletedEvent extends ItemEvent {
  type: 'response.file_search_call.completed'
}

// Code

/** The interpreter has been called. */
export interface ResponseCodeInterpreterCallInProgressEvent extends ItemEvent {
  type: 'response.code_interpreter_call.in_progress'
}

/** More of the code. */
export interface ResponseCodeInterpreterCallCodeDeltaEvent extends ItemEvent, Obfuscated {
  type: 'response.code_interpreter_call_code.delta'
  delta: string
}

/** The whole code. */
export interface ResponseCodeInterpreterCallCodeDoneEvent extends ItemEvent {
  type: 'response.code_interpreter_call_code.done'
  code: string
}

/** The code runs. */
export interface ResponseCodeInterpreterCallInterpretingEvent extends ItemEvent {
  type: 'response.code_interpreter_call.interpreting'
}

/** The code has run. */
export interface ResponseCodeInterpreterCallCompletedEvent extends ItemEvent {
  type: 'response.code_interpreter_call.completed'
}

// Images

/** The image has been called for. */
export interface ResponseImageGenerationCallInProgressEvent extends ItemEvent {
  type: 'response.image_generation_call.in_progress'
}

/** The image is in the making. */
export interface ResponseImageGenerationCallGeneratingEvent extends ItemEvent {
  type: 'response.image_generation_call.generating'
}

/** The image as far as it has come, as base64 text. */
export interface ResponseImageGenerationCallPartialImageEvent extends ItemEvent {
  type: 'response.image_generation_call.partial_image'
  partial_image_b64: string
  partial_image_index: number
  background?: string | null | undefined
  output_format?: string | null | undefined
  quality?: string | null | undefined
  size?: string | null | undefined
}

/** The image is whole. */
export interface ResponseImageGenerationCallCompletedEvent extends ItemEvent {
  type: 'response.image_generation_call.completed'
}

/** Every event about calls of the tools that the vendor runs. */
export type HostedEvent =
  | ResponseWebSearchCallInProgressEvent
  | ResponseWebSearchCallSearchingEvent
  | ResponseWebSearchCallCompletedEvent
  | ResponseFileSearchCallInProgressEvent
  | ResponseFileSearchCallSearchingEvent
  | ResponseFileSearchCallCompletedEvent
  | ResponseCodeInterpreterCallInProgressEvent
  | ResponseCodeInterpreterCallCodeDeltaEvent
  | ResponseCodeInterpreterCallCodeDoneEvent
  | ResponseCodeInterpreterCallInterpretingEvent
  | ResponseCodeInterpreterCallCompletedEvent
  | ResponseImageGenerationCallInProgressEvent
  | ResponseImageGenerationCallGeneratingEvent
  | ResponseImageGenerationCallPartialImageEvent
  | ResponseImageGenerationCallCompletedEvent
