import { z } from 'zod'
import { index, itemEvent, obfuscated, ofItem } from './fields.js'

const text = z.string()

/** Schema of `ResponseWebSearchCallInProgressEvent`. */
export const responseWebSearchCallInProgressEvent = itemEvent('response.web_search_call.in_progress')

/** Schema of `ResponseWebSearchCallSearchingEvent`. */
export const responseWebSearchCallSearchingEvent = itemEvent('response.web_search_call.searching')

/** Schema of `ResponseWebSearchCallCompletedEvent`. */
export const responseWebSearchCallCompletedEvent = itemEvent('response.web_search_call.completed')

/** Schema of `ResponseFileSearchCallInProgressEvent`. */
export const responseFileSearchCallInProgressEvent = itemEvent('response.file_search_call.in_progress')

/** Schema of `ResponseFileSearchCallSearchingEvent`. */
export const responseFileSearchCallSearchingEvent = itemEvent('response.file_search_call.searching')

/** Schema of `ResponseFileSearchCallCompletedEvent`. */
export const responseFileSearchCallCompletedEvent = itemEvent('response.file_search_call.completed')

/** Schema of `ResponseCodeInterpreterCallInProgressEvent`. */
export const responseCodeInterpreterCallInProgressEvent = itemEvent('response.code_interpreter_call.in_progress')

/** Schema of `ResponseCodeInterpreterCallCodeDeltaEvent`. */
export const responseCodeInterpreterCallCodeDeltaEvent = z.looseObject({
  type: z.literal('response.code_interpreter_call_code.delta'),
  ...ofItem,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseCodeInterpreterCallCodeDoneEvent`. */
export const responseCodeInterpreterCallCodeDoneEvent = z.looseObject({
  type: z.literal('response.code_interpreter_call_code.done'),
  ...ofItem,
  code: text,
})

/** Schema of `ResponseCodeInterpreterCallInterpretingEvent`. */
export const responseCodeInterpreterCallInterpretingEvent = itemEvent('response.code_interpreter_call.interpreting')

/** Schema of `ResponseCodeInterpreterCallCompletedEvent`. */
export const responseCodeInterpreterCallCompletedEvent = itemEvent('response.code_interpreter_call.completed')

/** Schema of `ResponseImageGenerationCallInProgressEvent`. */
export const responseImageGenerationCallInProgressEvent = itemEvent('response.image_generation_call.in_progress')

/** Schema of `ResponseImageGenerationCallGeneratingEvent`. */
export const responseImageGenerationCallGeneratingEvent = itemEvent('response.image_generation_call.generating')

/** Schema of `ResponseImageGenerationCallPartialImageEvent`. */
export const responseImageGenerationCallPartialImageEvent = z.looseObject({
  type: z.literal('response.image_generation_call.partial_image'),
  ...ofItem,
  partial_image_b64: text,
  partial_image_index: index,
  background: text.nullish(),
  output_format: text.nullish(),
  quality: text.nullish(),
  size: text.nullish(),
})

/** Schema of `ResponseImageGenerationCallCompletedEvent`. */
export const responseImageGenerationCallCompletedEvent = itemEvent('response.image_generation_call.completed')

/** The schema of each event about calls of the tools that the vendor runs, by its `type`. */
export const hostedEventSchemas = {
  'response.web_search_call.in_progress': responseWebSearchCallInProgressEvent,
  'response.web_search_call.searching': responseWebSearchCallSearchingEvent,
  'response.web_search_call.completed': responseWebSearchCallCompletedEvent,
  'response.file_search_call.in_progress': responseFileSearchCallInProgressEvent,
  'response.file_search_call.searching': responseFileSearchCallSearchingEvent,
  'response.file_search_call.completed': responseFileSearchCallCompletedEvent,
  'response.code_interpreter_call.in_progress': responseCodeInterpreterCallInProgressEvent,
  'response.code_interpreter_call_code.delta': responseCodeInterpreterCallCodeDeltaEvent,
  'response.code_interpreter_call_code.done': responseCodeInterpreterCallCodeDoneEvent,
  'response.code_interpreter_call.interpreting': responseCodeInterpreterCallInterpretingEvent,
  'response.code_interpreter_call.completed': responseCodeInterpreterCallCompletedEvent,
  'response.image_generation_call.in_progress': responseImageGenerationCallInProgressEvent,
  'response.image_generation_call.generating': responseImageGenerationCallGeneratingEvent,
  'response.image_generation_call.partial_image': responseImageGenerationCallPartialImageEvent,
  'response.image_generation_call.completed': responseImageGenerationCallCompletedEvent,
} as const
