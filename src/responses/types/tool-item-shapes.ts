/**
 * The items of the tools that the vendor runs, of MCP servers and of the computer.
 */
import type { OpenObject, OtherString } from '../../sse/open-types.js'
import type { ItemStatus } from './part-shapes.js'

/** What a web search did. Which of the fields are there depends on `type`. */
export interface WebSearchAction extends OpenObject {
  type: 'search' | 'open_page' | 'find_in_page' | OtherString
  query?: string | null | undefined
  queries?: string[] | null | undefined
  sources?: OpenObject[] | null | undefined
  url?: string | null | undefined
  pattern?: string | null | undefined
}

/** A search of the web. The recordings announce it without `action`. */
export interface WebSearchCallItem extends OpenObject {
  type: 'web_search_call'
  id: string
  status: ItemStatus
  action?: WebSearchAction | null | undefined
}

/** A search of the client's files. */
export interface FileSearchCallItem extends OpenObject {
  type: 'file_search_call'
  id: string
  status: ItemStatus
  queries: string[]
  results?: OpenObject[] | null | undefined
}

/** Code that runs in a container; `code` grows by deltas. */
export interface CodeInterpreterCallItem extends OpenObject {
  type: 'code_interpreter_call'
  id: string
  status: ItemStatus
  container_id: string
  code?: string | null | undefined
  outputs?: OpenObject[] | null | undefined
}

/** An image in the making; `result` is its base64 text when it is done. */
export interface ImageGenerationCallItem extends OpenObject {
  type: 'image_generation_call'
  id: string
  status: ItemStatus
  result?: string | null | undefined
  action?: string | null | undefined
  background?: string | null | undefined
  error?: OpenObject | null | undefined
  output_format?: string | null | undefined
  quality?: string | null | undefined
  revised_prompt?: string | null | undefined
  size?: string | null | undefined
}

/** What the computer is asked to do. */
export interface ComputerAction extends OpenObject {
  type: string
}

/** A picture of the screen, by id or by address. */
export interface ComputerScreenshot extends OpenObject {
  type: string
  file_id?: string | null | undefined
  image_url?: string | null | undefined
}

/** A use of the computer: one `action`, or several in `actions`. */
export interface ComputerCallItem extends OpenObject {
  type: 'computer_call'
  id: string
  call_id: string
  status: ItemStatus
  pending_safety_checks: OpenObject[]
  action?: ComputerAction | null | undefined
  actions?: ComputerAction[] | null | undefined
}

/** What the computer's screen shows afterwards. */
export interface ComputerCallOutputItem extends OpenObject {
  type: 'computer_call_output'
  id: string
  call_id: string
  output: ComputerScreenshot
  status?: ItemStatus | null | undefined
  acknowledged_safety_checks?: OpenObject[] | null | undefined
}

/** A call of a tool of an MCP server. The recordings set `status` only now and then. */
export interface McpCallItem extends OpenObject {
  type: 'mcp_call'
  id: string
  name: string
  server_label: string
  arguments: string
  status?: ItemStatus | null | undefined
  approval_request_id?: string | null | undefined
  error?: string | OpenObject | null | undefined
  output?: string | null | undefined
}

/** The tools of an MCP server. Its done may never come (FINDINGS A 8). */
export interface McpListToolsItem extends OpenObject {
  type: 'mcp_list_tools'
  id: string
  server_label: string
  tools: OpenObject[]
  error?: string | OpenObject | null | undefined
}

/** A question whether a tool of an MCP server may be called. */
export interface McpApprovalRequestItem extends OpenObject {
  type: 'mcp_approval_request'
  id: string
  name: string
  server_label: string
  arguments: string
}

/** The answer to an `McpApprovalRequestItem`. */
export interface McpApprovalResponseItem extends OpenObject {
  type: 'mcp_approval_response'
  id: string
  approval_request_id: string
  approve: boolean
  reason?: string | null | undefined
}

/** Every item of a tool that the vendor runs, of an MCP server or of the computer. */
export type KnownToolItem =
  | WebSearchCallItem
  | FileSearchCallItem
  | CodeInterpreterCallItem
  | ImageGenerationCallItem
  | ComputerCallItem
  | ComputerCallOutputItem
  | McpCallItem
  | McpListToolsItem
  | McpApprovalRequestItem
  | McpApprovalResponseItem
