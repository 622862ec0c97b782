import { z } from 'zod'
import type { ChatToolCall, ChatToolCallDelta } from '../../chat/types/events.js'
import { openUnion, unknownBeside } from '../open.js'
import { absent, chosen, index, name } from './fields.js'

// The deltas of a call

const incomplete = 'Missing from the delta that begins a call'

function unset(call: { id?: unknown; type?: unknown }): string[][] {
  return (['id', 'type'] as const).filter((field) => call[field] === undefined).map((field) => [field])
}

/** Schema of `FunctionDelta`. */
export const functionDelta = z.looseObject({ name: name.optional(), arguments: z.string().optional() })

/** Schema of `FunctionToolCallDelta`. Where it names the function it begins a call, and then it is whole (CH-8). */
export const functionToolCallDelta = z
  .looseObject({
    index,
    id: name.optional(),
    type: z.literal('function').optional(),
    function: functionDelta,
    custom: absent,
  })
  .superRefine((call, context) => {
    if (call.function.name === undefined) return
    const missing = [...unset(call), ...(call.function.arguments === undefined ? [['function', 'arguments']] : [])]
    for (const path of missing) context.addIssue({ code: 'custom', path, message: incomplete })
  })

/** Schema of `CustomDelta`. */
export const customDelta = z.looseObject({ name: name.optional(), input: z.string().optional() })

/** Schema of `CustomToolCallDelta`. As with a function, the delta with the name is whole. */
export const customToolCallDelta = z
  .looseObject({
    index,
    id: name.optional(),
    type: z.literal('custom').optional(),
    custom: customDelta,
    function: absent,
  })
  .superRefine((call, context) => {
    if (call.custom.name === undefined) return
    for (const path of unset(call)) context.addIssue({ code: 'custom', path, message: incomplete })
  })

const toolCallDeltaSchemas = { function: functionToolCallDelta, custom: customToolCallDelta } as const

/** Schema of `UnknownToolCallDelta`: another type, or neither a type nor the field of one that is known. */
export const unknownToolCallDelta = z.looseObject({
  index,
  id: name.optional(),
  type: unknownBeside(toolCallDeltaSchemas).shape.type.optional(),
  function: absent,
  custom: absent,
})

/** Schema of `ChatToolCallDelta`: told by its type, on later deltas by the field that it has (CH-9). */
export const chatToolCallDelta: z.ZodType<ChatToolCallDelta> = chosen((call) => {
  const kind = call['type'] || (['function', 'custom'] as const).find((field) => call[field] !== undefined)
  return kind === 'function' || kind === 'custom' ? toolCallDeltaSchemas[kind] : unknownToolCallDelta
})

// The whole of a call

/** Schema of `CalledFunction`. */
export const calledFunction = z.looseObject({ name, arguments: z.string() })

/** Schema of `FunctionToolCall`. */
export const functionToolCall = z.looseObject({ type: z.literal('function'), id: name, function: calledFunction })

/** Schema of `CalledCustomTool`. */
export const calledCustomTool = z.looseObject({ name, input: z.string() })

/** Schema of `CustomToolCall`. */
export const customToolCall = z.looseObject({ type: z.literal('custom'), id: name, custom: calledCustomTool })

const toolCallSchemas = { function: functionToolCall, custom: customToolCall } as const

/** Schema of `UnknownToolCall`: every type of tool that has no schema here. */
export const unknownToolCall = unknownBeside(toolCallSchemas)

/** Schema of `ChatToolCall`: a call of a known type by its own schema, or one that is newer. */
export const chatToolCall: z.ZodType<ChatToolCall> = openUnion(toolCallSchemas, unknownToolCall)
