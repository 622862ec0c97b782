import { z } from 'zod'
import { openEnum, openObject } from '../open.js'
import { id, itemStatus } from './fields.js'

const text = z.string()
const objects = z.array(openObject)
// An error is text in some versions of the API and an object in others.
const error = z.union([text, openObject]).nullish()

/** Schema of `WebSearchAction`. */
export const webSearchAction = z.looseObject({
  type: openEnum(['search', 'open_page', 'find_in_page']),
  query: text.nullish(),
  queries: z.array(text).nullish(),
  sources: objects.nullish(),
  url: text.nullish(),
  pattern: text.nullish(),
})

/** Schema of `WebSearchCallItem`. */
export const webSearchCallItem = z.looseObject({
  type: z.literal('web_search_call'),
  id,
  status: itemStatus,
  action: webSearchAction.nullish(),
})

/** Schema of `FileSearchCallItem`. */
export const fileSearchCallItem = z.looseObject({
  type: z.literal('file_search_call'),
  id,
  status: itemStatus,
  queries: z.array(text),
  results: objects.nullish(),
})

/** Schema of `CodeInterpreterCallItem`. */
export const codeInterpreterCallItem = z.looseObject({
  type: z.literal('code_interpreter_call'),
  id,
  status: itemStatus,
  container_id: text,
  code: text.nullish(),
  outputs: objects.nullish(),
})

/** Schema of `ImageGenerationCallItem`. */
export const imageGenerationCallItem = z.looseObject({
  type: z.literal('image_generation_call'),
  id,
  status: itemStatus,
  result: text.nullish(),
  action: text.nullish(),
  background: text.nullish(),
  error: openObject.nullish(),
  output_format: text.nullish(),
  quality: text.nullish(),
  revised_prompt: text.nullish(),
  size: text.nullish(),
})

/** Schema of `ComputerAction`. */
export const computerAction = z.looseObject({ type: text })

/** Schema of `ComputerScreenshot`. */
export const computerScreenshot = z.looseObject({ type: text, file_id: text.nullish(), image_url: text.nullish() })

/** Schema of `ComputerCallItem`. */
export const computerCallItem = z.looseObject({
  type: z.literal('computer_call'),
  id,
  call_id: id,
  status: itemStatus,
  pending_safety_checks: objects,
  action: computerAction.nullish(),
  actions: z.array(computerAction).nullish(),
})

/** Schema of `ComputerCallOutputItem`. */
export const computerCallOutputItem = z.looseObject({
  type: z.literal('computer_call_output'),
  id,
  call_id: id,
  output: computerScreenshot,
  status: itemStatus.nullish(),
  acknowledged_safety_checks: objects.nullish(),
})

/** Schema of `McpCallItem`. */
export const mcpCallItem = z.looseObject({
  type: z.literal('mcp_call'),
  id,
  name: text,
  server_label: text,
  arguments: text,
  status: itemStatus.nullish(),
  approval_request_id: text.nullish(),
  error,
  output: text.nullish(),
})

/** Schema of `McpListToolsItem`. */
export const mcpListToolsItem = z.looseObject({
  type: z.literal('mcp_list_tools'),
  id,
  server_label: text,
  tools: objects,
  error,
})

/** Schema of `McpApprovalRequestItem`. */
export const mcpApprovalRequestItem = z.looseObject({
  type: z.literal('mcp_approval_request'),
  id,
  name: text,
  server_label: text,
  arguments: text,
})

/** Schema of `McpApprovalResponseItem`. */
export const mcpApprovalResponseItem = z.looseObject({
  type: z.literal('mcp_approval_response'),
  id,
  approval_request_id: text,
  approve: z.boolean(),
  reason: text.nullish(),
})
