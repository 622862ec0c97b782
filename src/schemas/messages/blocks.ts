import { z } from 'zod'
import type { ContentBlock } from '../../messages/types/events.js'
import { openEnum, openObject, openUnion, unknownBeside } from '../open.js'

/** Schema of `Citation`. */
export const citation = z.looseObject({
  type: openEnum([
    'char_location',
    'page_location',
    'content_block_location',
    'search_result_location',
    'web_search_result_location',
  ]),
})

/** Schema of `Caller`. */
export const caller = z.looseObject({ type: z.string() })

/** Schema of `ToolResultContent`. */
export const toolResultContent = z.looseObject({ type: z.string() })

/** Schema of `TextBlock`. */
export const textBlock = z.looseObject({
  type: z.literal('text'),
  text: z.string(),
  citations: z.array(citation).nullish(),
})

/** Schema of `ThinkingBlock`. */
export const thinkingBlock = z.looseObject({
  type: z.literal('thinking'),
  thinking: z.string(),
  signature: z.string().optional(),
})

/** Schema of `RedactedThinkingBlock`. */
export const redactedThinkingBlock = z.looseObject({ type: z.literal('redacted_thinking'), data: z.string() })

/** Schema of `ToolUseBlock` (AN-15). */
export const toolUseBlock = z.looseObject({
  type: z.literal('tool_use'),
  id: z.string(),
  name: z.string(),
  input: openObject,
  caller: caller.nullish(),
  toolset_name: z.string().nullish(),
})

/** Schema of `ServerToolUseBlock`. */
export const serverToolUseBlock = z.looseObject({
  type: z.literal('server_tool_use'),
  id: z.string(),
  name: z.string(),
  input: openObject,
  caller: caller.nullish(),
})

/** Schema of `McpToolUseBlock`. */
export const mcpToolUseBlock = z.looseObject({
  type: z.literal('mcp_tool_use'),
  id: z.string(),
  name: z.string(),
  server_name: z.string(),
  input: openObject,
})

/** Schema of `WebSearchToolResultBlock`. */
export const webSearchToolResultBlock = z.looseObject({
  type: z.literal('web_search_tool_result'),
  tool_use_id: z.string(),
  content: z.union([z.array(toolResultContent), toolResultContent]),
  caller: caller.nullish(),
})

/** Schema of `WebFetchToolResultBlock`. */
export const webFetchToolResultBlock = z.looseObject({
  type: z.literal('web_fetch_tool_result'),
  tool_use_id: z.string(),
  content: toolResultContent,
  caller: caller.nullish(),
})

/** Schema of `CodeExecutionToolResultBlock`. */
export const codeExecutionToolResultBlock = hostedResult('code_execution_tool_result')

/** Schema of `BashCodeExecutionToolResultBlock`. */
export const bashCodeExecutionToolResultBlock = hostedResult('bash_code_execution_tool_result')

/** Schema of `TextEditorCodeExecutionToolResultBlock`. */
export const textEditorCodeExecutionToolResultBlock = hostedResult('text_editor_code_execution_tool_result')

/** Schema of `ToolSearchToolResultBlock`. */
export const toolSearchToolResultBlock = hostedResult('tool_search_tool_result')

/** Schema of `AdvisorToolResultBlock`. */
export const advisorToolResultBlock = hostedResult('advisor_tool_result')

/** Schema of `McpToolResultBlock`. */
export const mcpToolResultBlock = z.looseObject({
  type: z.literal('mcp_tool_result'),
  tool_use_id: z.string(),
  is_error: z.boolean(),
  content: z.union([z.string(), z.array(toolResultContent)]),
})

/** Schema of `ContainerUploadBlock`. */
export const containerUploadBlock = z.looseObject({ type: z.literal('container_upload'), file_id: z.string() })

/** Schema of `FallbackModel`. */
export const fallbackModel = z.looseObject({ model: z.string() })

/** Schema of `FallbackTrigger`. */
export const fallbackTrigger = z.looseObject({ type: z.string() })

/** Schema of `FallbackBlock`. */
export const fallbackBlock = z.looseObject({
  type: z.literal('fallback'),
  from: fallbackModel,
  to: fallbackModel,
  trigger: fallbackTrigger,
})

/** Schema of `McpToolListingBlock`. */
export const mcpToolListingBlock = z.looseObject({
  type: z.literal('mcp_tool_listing'),
  mcp_server_name: z.string(),
  tools: z.array(openObject),
})

/** Schema of `CompactionBlock`. */
export const compactionBlock = z.looseObject({
  type: z.literal('compaction'),
  content: z.string().nullable(),
  encrypted_content: z.string().nullish(),
  signature: z.string().nullish(),
  tool_changes: z.array(openObject).nullish(),
})

/** The schema of each known block, by its `type`. */
export const contentBlockSchemas = {
  text: textBlock,
  thinking: thinkingBlock,
  redacted_thinking: redactedThinkingBlock,
  tool_use: toolUseBlock,
  server_tool_use: serverToolUseBlock,
  mcp_tool_use: mcpToolUseBlock,
  web_search_tool_result: webSearchToolResultBlock,
  web_fetch_tool_result: webFetchToolResultBlock,
  code_execution_tool_result: codeExecutionToolResultBlock,
  bash_code_execution_tool_result: bashCodeExecutionToolResultBlock,
  text_editor_code_execution_tool_result: textEditorCodeExecutionToolResultBlock,
  tool_search_tool_result: toolSearchToolResultBlock,
  advisor_tool_result: advisorToolResultBlock,
  mcp_tool_result: mcpToolResultBlock,
  container_upload: containerUploadBlock,
  fallback: fallbackBlock,
  mcp_tool_listing: mcpToolListingBlock,
  compaction: compactionBlock,
} as const

/** Schema of `UnknownBlock`: every block type that has no schema here. */
export const unknownBlock = unknownBeside(contentBlockSchemas)

/** Schema of `ContentBlock`: a known block by its own schema, or one that is newer. */
export const contentBlock: z.ZodType<ContentBlock> = openUnion(contentBlockSchemas, unknownBlock)

/** Five result blocks have the same fields; their content is the tool's own affair. */
function hostedResult<const Type extends string>(type: Type) {
  return z.looseObject({ type: z.literal(type), tool_use_id: z.string(), content: toolResultContent })
}
