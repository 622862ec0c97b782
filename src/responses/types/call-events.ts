/**
 * The events about calls of tools: the client's own, those of MCP servers, shells and patches.
 */
import type { OpenObject } from '../../sse/open-types.js'
import type { ItemEvent, Obfuscated, ShellCommandEvent } from './event-fields.js'
import type { ShellOutput } from './shell-item-shapes.js'

// The client's tools

/** More of the JSON text of a function call's arguments. */
export interface ResponseFunctionCallArgumentsDeltaEvent extends ItemEvent, Obfuscated {
  type: 'response.function_call_arguments.delta'
  delta: string
}

/** The whole arguments. The vendor documents `name` here and has never sent it (RE-29). */
export interface ResponseFunctionCallArgumentsDoneEvent extends ItemEvent {
  type: 'response.function_call_arguments.done'
  arguments: string
  name?: string | null | undefined
}

/** More of a custom tool call's input. */
export interface ResponseCustomToolCallInputDeltaEvent extends ItemEvent, Obfuscated {
  type: 'response.custom_tool_call_input.delta'
  delta: string
}

/** The whole input. */
export interface ResponseCustomToolCallInputDoneEvent extends ItemEvent {
  type: 'response.custom_tool_call_input.done'
  input: string
}

// MCP

/** The call has begun. */
export interface ResponseMcpCallInProgressEvent extends ItemEvent {
  type: 'response.mcp_call.in_progress'
}

/** The call went well. */
export interface ResponseMcpCallCompletedEvent extends ItemEvent {
  type: 'response.mcp_call.completed'
}

/** The call failed. */
export interface ResponseMcpCallFailedEvent extends ItemEvent {
  type: 'response.mcp_call.failed'
}

/** More of the JSON text of the call's arguments. */
export interface ResponseMcpCallArgumentsDeltaEvent extends ItemEvent, Obfuscated {
  type: 'response.mcp_call_arguments.delta'
  delta: string
}

/** The whole arguments. */
export interface ResponseMcpCallArgumentsDoneEvent extends ItemEvent {
  type: 'response.mcp_call_arguments.done'
  arguments: string
}

/** The server is asked for its tools. */
export interface ResponseMcpListToolsInProgressEvent extends ItemEvent {
  type: 'response.mcp_list_tools.in_progress'
}

/** The server named its tools. */
export interface ResponseMcpListToolsCompletedEvent extends ItemEvent {
  type: 'response.mcp_list_tools.completed'
}

/** The server named no tools. */
export interface ResponseMcpListToolsFailedEvent extends ItemEvent {
  type: 'response.mcp_list_tools.failed'
}

// Shell and patches

/** Announces the command at `command_index`. */
export interface ResponseShellCallCommandAddedEvent extends ShellCommandEvent {
  type: 'response.shell_call_command.added'
  command: string
}

/** More of a command. */
export interface ResponseShellCallCommandDeltaEvent extends ShellCommandEvent, Obfuscated {
  type: 'response.shell_call_command.delta'
  delta: string
}

/** The whole command. */
export interface ResponseShellCallCommandDoneEvent extends ShellCommandEvent {
  type: 'response.shell_call_command.done'
  command: string
}

/** What a `ResponseShellCallOutputContentDeltaEvent` adds to each of the two streams of a command. */
export interface ShellOutputDelta extends OpenObject {
  stdout?: string | null | undefined
  stderr?: string | null | undefined
}

/** More of what a command gave. */
export interface ResponseShellCallOutputContentDeltaEvent extends ItemEvent, Obfuscated {
  type: 'response.shell_call_output_content.delta'
  command_index: number
  delta: ShellOutputDelta
}

/** All that a command gave. */
export interface ResponseShellCallOutputContentDoneEvent extends ItemEvent {
  type: 'response.shell_call_output_content.done'
  command_index: number
  output: ShellOutput[]
}

/** More of a patch. In none of OpenAI's types, and in its streams. */
export interface ResponseApplyPatchCallOperationDiffDeltaEvent extends ItemEvent, Obfuscated {
  type: 'response.apply_patch_call_operation_diff.delta'
  delta: string
}

/** The whole patch. In none of OpenAI's types, and in its streams. */
export interface ResponseApplyPatchCallOperationDiffDoneEvent extends ItemEvent {
  type: 'response.apply_patch_call_operation_diff.done'
  diff: string
}

/** Every event about calls of the client's tools, of MCP servers, of shells and of patches. */
export type CallEvent =
  | ResponseFunctionCallArgumentsDeltaEvent
  | ResponseFunctionCallArgumentsDoneEvent
  | ResponseCustomToolCallInputDeltaEvent
  | ResponseCustomToolCallInputDoneEvent
  | ResponseMcpCallInProgressEvent
  | ResponseMcpCallCompletedEvent
  | ResponseMcpCallFailedEvent
  | ResponseMcpCallArgumentsDeltaEvent
  | ResponseMcpCallArgumentsDoneEvent
  | ResponseMcpListToolsInProgressEvent
  | ResponseMcpListToolsCompletedEvent
  | ResponseMcpListToolsFailedEvent
  | ResponseShellCallCommandAddedEvent
  | ResponseShellCallCommandDeltaEvent
  | ResponseShellCallCommandDoneEvent
  | ResponseShellCallOutputContentDeltaEvent
  | ResponseShellCallOutputContentDoneEvent
  | ResponseApplyPatchCallOperationDiffDeltaEvent
  | ResponseApplyPatchCallOperationDiffDoneEvent
