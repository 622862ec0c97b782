/**
 * The items of a response's `output`: what the model says, thinks and calls, and whatever belongs to no hosted tool.
 *
 * What a tool takes and gives belongs to the tool and not to the stream's grammar: those objects are open.
 */
import type { OpenObject, UnknownType } from '../../sse/open-types.js'
import type { ItemStatus, MessagePart, ReasoningPart, SummaryPart, ToolCaller, ToolOutput } from './part-shapes.js'
import type { KnownShellItem } from './shell-item-shapes.js'
import type { KnownToolItem } from './tool-item-shapes.js'

/** What the model says; grows by parts. */
export interface MessageItem extends OpenObject {
  type: 'message'
  id: string
  status: ItemStatus
  role: 'assistant'
  content: MessagePart[]
  /** Whether this is the answer or talk on the way to it. */
  phase?: string | null | undefined
}

/** What the model thinks: a summary, raw text, or only what the vendor can read. */
export interface ReasoningItem extends OpenObject {
  type: 'reasoning'
  id: string
  summary: SummaryPart[]
  content?: ReasoningPart[] | null | undefined
  encrypted_content?: string | null | undefined
  status?: ItemStatus | null | undefined
}

/** A call of one of the client's functions; `arguments` is JSON as text and grows by deltas. */
export interface FunctionCallItem extends OpenObject {
  type: 'function_call'
  id: string
  call_id: string
  name: string
  arguments: string
  status?: ItemStatus | null | undefined
  namespace?: string | null | undefined
  caller?: ToolCaller | null | undefined
}

/** The answer to a function call. */
export interface FunctionCallOutputItem extends OpenObject {
  type: 'function_call_output'
  id: string
  output: ToolOutput
  call_id?: string | null | undefined
  status?: ItemStatus | null | undefined
  caller?: ToolCaller | null | undefined
}

/** A call of a tool that takes free text; `input` grows by deltas. */
export interface CustomToolCallItem extends OpenObject {
  type: 'custom_tool_call'
  id: string
  call_id: string
  name: string
  input: string
  status?: ItemStatus | null | undefined
  namespace?: string | null | undefined
  caller?: ToolCaller | null | undefined
}

/** The answer to a custom tool call. */
export interface CustomToolCallOutputItem extends OpenObject {
  type: 'custom_tool_call_output'
  id: string
  call_id: string
  output: ToolOutput
  status?: ItemStatus | null | undefined
  caller?: ToolCaller | null | undefined
}

/** A program that the model wrote to call tools. */
export interface ProgramItem extends OpenObject {
  type: 'program'
  id: string
  call_id: string
  code: string
  fingerprint?: string | null | undefined
}

/** What a program gave. */
export interface ProgramOutputItem extends OpenObject {
  type: 'program_output'
  id: string
  call_id: string
  result: string
  status: ItemStatus
}

/** A stand-in for the conversation so far that only the vendor can read. */
export interface CompactionItem extends OpenObject {
  type: 'compaction'
  id: string
  encrypted_content: string
}

/** Tools that joined on the way. */
export interface AdditionalToolsItem extends OpenObject {
  type: 'additional_tools'
  id: string
  role: string
  tools: OpenObject[]
}

/** A search for tools to load; `execution` says on which side. Server-side ones have `call_id: null`. */
export interface ToolSearchCallItem extends OpenObject {
  type: 'tool_search_call'
  id: string
  status: ItemStatus
  arguments?: string | OpenObject | null | undefined
  call_id?: string | null | undefined
  execution?: string | null | undefined
}

/** The tools that a search found. */
export interface ToolSearchOutputItem extends OpenObject {
  type: 'tool_search_output'
  id: string
  status: ItemStatus
  tools: OpenObject[]
  call_id?: string | null | undefined
  execution?: string | null | undefined
}

/** An item that is newer than this package. */
export interface UnknownItem extends OpenObject {
  type: UnknownType
}

/** Every item that this package knows by its type. */
export type KnownOutputItem =
  | MessageItem
  | ReasoningItem
  | FunctionCallItem
  | FunctionCallOutputItem
  | CustomToolCallItem
  | CustomToolCallOutputItem
  | ProgramItem
  | ProgramOutputItem
  | CompactionItem
  | AdditionalToolsItem
  | ToolSearchCallItem
  | ToolSearchOutputItem
  | KnownToolItem
  | KnownShellItem

/** Any item of a response. */
export type OutputItem = KnownOutputItem | UnknownItem
