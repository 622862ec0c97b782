import { z } from 'zod'
import { index, itemEvent, obfuscated, ofItem, ofShellCommand } from './fields.js'
import { shellOutput } from './shell-items.js'

const text = z.string()

/** Schema of `ResponseFunctionCallArgumentsDeltaEvent`. */
export const responseFunctionCallArgumentsDeltaEvent = z.looseObject({
  type: z.literal('response.function_call_arguments.delta'),
  ...ofItem,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseFunctionCallArgumentsDoneEvent`. */
export const responseFunctionCallArgumentsDoneEvent = z.looseObject({
  type: z.literal('response.function_call_arguments.done'),
  ...ofItem,
  arguments: text,
  name: text.nullish(),
})

/** Schema of `ResponseCustomToolCallInputDeltaEvent`. */
export const responseCustomToolCallInputDeltaEvent = z.looseObject({
  type: z.literal('response.custom_tool_call_input.delta'),
  ...ofItem,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseCustomToolCallInputDoneEvent`. */
export const responseCustomToolCallInputDoneEvent = z.looseObject({
  type: z.literal('response.custom_tool_call_input.done'),
  ...ofItem,
  input: text,
})

/** Schema of `ResponseMcpCallInProgressEvent`. */
export const responseMcpCallInProgressEvent = itemEvent('response.mcp_call.in_progress')

/** Schema of `ResponseMcpCallCompletedEvent`. */
export const responseMcpCallCompletedEvent = itemEvent('response.mcp_call.completed')

/** Schema of `ResponseMcpCallFailedEvent`. */
export const responseMcpCallFailedEvent = itemEvent('response.mcp_call.failed')

/** Schema of `ResponseMcpCallArgumentsDeltaEvent`. */
export const responseMcpCallArgumentsDeltaEvent = z.looseObject({
  type: z.literal('response.mcp_call_arguments.delta'),
  ...ofItem,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseMcpCallArgumentsDoneEvent`. */
export const responseMcpCallArgumentsDoneEvent = z.looseObject({
  type: z.literal('response.mcp_call_arguments.done'),
  ...ofItem,
  arguments: text,
})

/** Schema of `ResponseMcpListToolsInProgressEvent`. */
export const responseMcpListToolsInProgressEvent = itemEvent('response.mcp_list_tools.in_progress')

/** Schema of `ResponseMcpListToolsCompletedEvent`. */
export const responseMcpListToolsCompletedEvent = itemEvent('response.mcp_list_tools.completed')

/** Schema of `ResponseMcpListToolsFailedEvent`. */
export const responseMcpListToolsFailedEvent = itemEvent('response.mcp_list_tools.failed')

/** Schema of `ResponseShellCallCommandAddedEvent`. */
export const responseShellCallCommandAddedEvent = z.looseObject({
  type: z.literal('response.shell_call_command.added'),
  ...ofShellCommand,
  command: text,
})

/** Schema of `ResponseShellCallCommandDeltaEvent`. */
export const responseShellCallCommandDeltaEvent = z.looseObject({
  type: z.literal('response.shell_call_command.delta'),
  ...ofShellCommand,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseShellCallCommandDoneEvent`. */
export const responseShellCallCommandDoneEvent = z.looseObject({
  type: z.literal('response.shell_call_command.done'),
  ...ofShellCommand,
  command: text,
})

/** Schema of `ShellOutputDelta`. */
export const shellOutputDelta = z.looseObject({ stdout: text.nullish(), stderr: text.nullish() })

/** Schema of `ResponseShellCallOutputContentDeltaEvent`. */
export const responseShellCallOutputContentDeltaEvent = z.looseObject({
  type: z.literal('response.shell_call_output_content.delta'),
  ...ofItem,
  ...obfuscated,
  command_index: index,
  delta: shellOutputDelta,
})

/** Schema of `ResponseShellCallOutputContentDoneEvent`. */
export const responseShellCallOutputContentDoneEvent = z.looseObject({
  type: z.literal('response.shell_call_output_content.done'),
  ...ofItem,
  command_index: index,
  output: z.array(shellOutput),
})

/** Schema of `ResponseApplyPatchCallOperationDiffDeltaEvent`. */
export const responseApplyPatchCallOperationDiffDeltaEvent = z.looseObject({
  type: z.literal('response.apply_patch_call_operation_diff.delta'),
  ...ofItem,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseApplyPatchCallOperationDiffDoneEvent`. */
export const responseApplyPatchCallOperationDiffDoneEvent = z.looseObject({
  type: z.literal('response.apply_patch_call_operation_diff.done'),
  ...ofItem,
  diff: text,
})

/** The schema of each event about calls of the client's tools, of MCP servers, of shells and of patches, by its `type`. */
export const callEventSchemas = {
  'response.function_call_arguments.delta': responseFunctionCallArgumentsDeltaEvent,
  'response.function_call_arguments.done': responseFunctionCallArgumentsDoneEvent,
  'response.custom_tool_call_input.delta': responseCustomToolCallInputDeltaEvent,
  'response.custom_tool_call_input.done': responseCustomToolCallInputDoneEvent,
  'response.mcp_call.in_progress': responseMcpCallInProgressEvent,
  'response.mcp_call.completed': responseMcpCallCompletedEvent,
  'response.mcp_call.failed': responseMcpCallFailedEvent,
  'response.mcp_call_arguments.delta': responseMcpCallArgumentsDeltaEvent,
  'response.mcp_call_arguments.done': responseMcpCallArgumentsDoneEvent,
  'response.mcp_list_tools.in_progress': responseMcpListToolsInProgressEvent,
  'response.mcp_list_tools.completed': responseMcpListToolsCompletedEvent,
  'response.mcp_list_tools.failed': responseMcpListToolsFailedEvent,
  'response.shell_call_command.added': responseShellCallCommandAddedEvent,
  'response.shell_call_command.delta': responseShellCallCommandDeltaEvent,
  'response.shell_call_command.done': responseShellCallCommandDoneEvent,
  'response.shell_call_output_content.delta': responseShellCallOutputContentDeltaEvent,
  'response.shell_call_output_content.done': responseShellCallOutputContentDoneEvent,
  'response.apply_patch_call_operation_diff.delta': responseApplyPatchCallOperationDiffDeltaEvent,
  'response.apply_patch_call_operation_diff.done': responseApplyPatchCallOperationDiffDoneEvent,
} as const
