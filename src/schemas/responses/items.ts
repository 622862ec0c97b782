import { z } from 'zod'
import type { OutputItem } from '../../responses/types/events.js'
import { openObject, openUnion, unknownBeside } from '../open.js'
import { id, itemStatus, toolCaller, toolOutput } from './fields.js'
import { messagePart, reasoningPart, summaryPart } from './parts.js'
import * as shell from './shell-items.js'
import * as tool from './tool-items.js'

const text = z.string()

/** Schema of `MessageItem` (A08). */
export const messageItem = z.looseObject({
  type: z.literal('message'),
  id,
  status: itemStatus,
  role: z.literal('assistant'),
  content: z.array(messagePart),
  phase: text.nullish(),
})

/** Schema of `ReasoningItem`. */
export const reasoningItem = z.looseObject({
  type: z.literal('reasoning'),
  id,
  summary: z.array(summaryPart),
  content: z.array(reasoningPart).nullish(),
  encrypted_content: text.nullish(),
  status: itemStatus.nullish(),
})

// What the calls of the client's tools share: those that the vendor does not promise, and those it does (RE-8).
const answered = { status: itemStatus.nullish(), caller: toolCaller.nullish() }
const called = { ...answered, id, call_id: id, name: text, namespace: text.nullish() }

/** Schema of `FunctionCallItem`. */
export const functionCallItem = z.looseObject({ type: z.literal('function_call'), ...called, arguments: text })

/** Schema of `FunctionCallOutputItem`. */
export const functionCallOutputItem = z.looseObject({
  type: z.literal('function_call_output'),
  ...answered,
  id,
  output: toolOutput,
  call_id: text.nullish(),
})

/** Schema of `CustomToolCallItem`. */
export const customToolCallItem = z.looseObject({ type: z.literal('custom_tool_call'), ...called, input: text })

/** Schema of `CustomToolCallOutputItem`. */
export const customToolCallOutputItem = z.looseObject({
  type: z.literal('custom_tool_call_output'),
  ...answered,
  id,
  call_id: id,
  output: toolOutput,
})

/** Schema of `ProgramItem`. */
export const programItem = z.looseObject({
  type: z.literal('program'),
  id,
  call_id: id,
  code: text,
  fingerprint: text.nullish(),
})

/** Schema of `ProgramOutputItem`. */
export const programOutputItem = z.looseObject({
  type: z.literal('program_output'),
  id,
  call_id: id,
  result: text,
  status: itemStatus,
})

/** Schema of `CompactionItem`. */
export const compactionItem = z.looseObject({ type: z.literal('compaction'), id, encrypted_content: text })

/** Schema of `AdditionalToolsItem`. */
export const additionalToolsItem = z.looseObject({
  type: z.literal('additional_tools'),
  id,
  role: text,
  tools: z.array(openObject),
})

const searched = { id, status: itemStatus, call_id: text.nullish(), execution: text.nullish() }

/** Schema of `ToolSearchCallItem`. */
export const toolSearchCallItem = z.looseObject({
  type: z.literal('tool_search_call'),
  ...searched,
  arguments: z.union([text, openObject]).nullish(),
})

/** Schema of `ToolSearchOutputItem`. */
export const toolSearchOutputItem = z.looseObject({
  type: z.literal('tool_search_output'),
  ...searched,
  tools: z.array(openObject),
})

/** The schema of each known item, by its `type`. */
export const outputItemSchemas = {
  message: messageItem,
  reasoning: reasoningItem,
  function_call: functionCallItem,
  function_call_output: functionCallOutputItem,
  custom_tool_call: customToolCallItem,
  custom_tool_call_output: customToolCallOutputItem,
  program: programItem,
  program_output: programOutputItem,
  compaction: compactionItem,
  additional_tools: additionalToolsItem,
  tool_search_call: toolSearchCallItem,
  tool_search_output: toolSearchOutputItem,
  web_search_call: tool.webSearchCallItem,
  file_search_call: tool.fileSearchCallItem,
  code_interpreter_call: tool.codeInterpreterCallItem,
  image_generation_call: tool.imageGenerationCallItem,
  computer_call: tool.computerCallItem,
  computer_call_output: tool.computerCallOutputItem,
  mcp_call: tool.mcpCallItem,
  mcp_list_tools: tool.mcpListToolsItem,
  mcp_approval_request: tool.mcpApprovalRequestItem,
  mcp_approval_response: tool.mcpApprovalResponseItem,
  local_shell_call: shell.localShellCallItem,
  local_shell_call_output: shell.localShellCallOutputItem,
  shell_call: shell.shellCallItem,
  shell_call_output: shell.shellCallOutputItem,
  apply_patch_call: shell.applyPatchCallItem,
  apply_patch_call_output: shell.applyPatchCallOutputItem,
} as const

/** Schema of `UnknownItem`: every item type that has no schema here. */
export const unknownItem = unknownBeside(outputItemSchemas)

/** Schema of `OutputItem`: a known item by its own schema, or one that is newer. */
export const outputItem: z.ZodType<OutputItem> = openUnion(outputItemSchemas, unknownItem)
