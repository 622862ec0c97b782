/** The blocks of tools: their calls, and what the hosted ones answer. */
import type { OpenObject } from '../../sse/open-types.js'

/** Who called a tool: the model itself, or code that it runs. */
export interface Caller extends OpenObject {
  type: string
}

/**
 * What a hosted tool answered, or why it failed.
 *
 * Only `type` is declared: these objects belong to the tool and not to the stream's grammar, and change with each
 * version of it.
 */
export interface ToolResultContent extends OpenObject {
  type: string
}

/** A call of one of the client's tools; `input` grows by `input_json_delta`, or comes whole in the start. */
export interface ToolUseBlock extends OpenObject {
  type: 'tool_use'
  id: string
  name: string
  input: OpenObject
  caller?: Caller | null | undefined
  toolset_name?: string | null | undefined
}

/** A call of a tool that the vendor runs; `input` as in `ToolUseBlock`. */
export interface ServerToolUseBlock extends OpenObject {
  type: 'server_tool_use'
  id: string
  name: string
  input: OpenObject
  caller?: Caller | null | undefined
}

/** Beta: a call of a tool of an MCP server; `input` as in `ToolUseBlock`. */
export interface McpToolUseBlock extends OpenObject {
  type: 'mcp_tool_use'
  id: string
  name: string
  server_name: string
  input: OpenObject
}

/** What the web search found: a list of results, or one error object. Complete when it starts. */
export interface WebSearchToolResultBlock extends OpenObject {
  type: 'web_search_tool_result'
  tool_use_id: string
  content: ToolResultContent[] | ToolResultContent
  caller?: Caller | null | undefined
}

/** What the web fetch brought, or why it failed. Complete when it starts. */
export interface WebFetchToolResultBlock extends OpenObject {
  type: 'web_fetch_tool_result'
  tool_use_id: string
  content: ToolResultContent
  caller?: Caller | null | undefined
}

/** What the run code gave. Complete when it starts. */
export interface CodeExecutionToolResultBlock extends OpenObject {
  type: 'code_execution_tool_result'
  tool_use_id: string
  content: ToolResultContent
}

/** What the shell command gave. Complete when it starts. */
export interface BashCodeExecutionToolResultBlock extends OpenObject {
  type: 'bash_code_execution_tool_result'
  tool_use_id: string
  content: ToolResultContent
}

/** What the file command gave. Complete when it starts. */
export interface TextEditorCodeExecutionToolResultBlock extends OpenObject {
  type: 'text_editor_code_execution_tool_result'
  tool_use_id: string
  content: ToolResultContent
}

/** Which tools the search found. Complete when it starts. */
export interface ToolSearchToolResultBlock extends OpenObject {
  type: 'tool_search_tool_result'
  tool_use_id: string
  content: ToolResultContent
}

/** Beta: what the advising model answered. Complete when it starts. */
export interface AdvisorToolResultBlock extends OpenObject {
  type: 'advisor_tool_result'
  tool_use_id: string
  content: ToolResultContent
}

/** Beta: what the tool of an MCP server answered: plain text or a list of blocks. Complete when it starts. */
export interface McpToolResultBlock extends OpenObject {
  type: 'mcp_tool_result'
  tool_use_id: string
  is_error: boolean
  content: string | ToolResultContent[]
}

/** Beta: the tools that an MCP server offers. Complete when it starts. */
export interface McpToolListingBlock extends OpenObject {
  type: 'mcp_tool_listing'
  mcp_server_name: string
  tools: OpenObject[]
}

/** Every block of a tool that this package knows by its type. */
export type KnownToolBlock =
  | ToolUseBlock
  | ServerToolUseBlock
  | McpToolUseBlock
  | WebSearchToolResultBlock
  | WebFetchToolResultBlock
  | CodeExecutionToolResultBlock
  | BashCodeExecutionToolResultBlock
  | TextEditorCodeExecutionToolResultBlock
  | ToolSearchToolResultBlock
  | AdvisorToolResultBlock
  | McpToolResultBlock
  | McpToolListingBlock
