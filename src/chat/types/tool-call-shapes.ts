/**
 * Tool calls: the deltas that make one up, and the whole of one.
 *
 * The first delta of a call has its id, its type, its name and arguments, be they empty (CH-8). Later ones have the index
 * and more arguments; they name no type, so that the field that carries them tells what they belong to (CH-9).
 */
import type { OpenObject, UnknownType } from '../../sse/open-types.js'

/** What the delta of a call has whatever its type. */
interface ToolCallDeltaBase extends OpenObject {
  /** The call's place among those of its choice, counted from 0, on every delta (CH-7). */
  index: number
  id?: string | undefined
}

/** Name and arguments of a function. */
export interface FunctionDelta extends OpenObject {
  /** On the first delta only (CH-9). */
  name?: string | undefined
  /** A piece of JSON. All pieces together are JSON, or nothing, which means `{}` (CH-10, D-63). */
  arguments?: string | undefined
}

/** Begins the call of a function, or adds to it. */
export interface FunctionToolCallDelta extends ToolCallDeltaBase {
  type?: 'function' | undefined
  function: FunctionDelta
  custom?: undefined
}

/** Name and input of a custom tool. */
export interface CustomDelta extends OpenObject {
  name?: string | undefined
  /** A piece of text, which need not be JSON. */
  input?: string | undefined
}

/** Begins the call of a custom tool, or adds to it. */
export interface CustomToolCallDelta extends ToolCallDeltaBase {
  type?: 'custom' | undefined
  custom: CustomDelta
  function?: undefined
}

/** Belongs to a call whose type is newer than this package; only the first delta of it says which. */
export interface UnknownToolCallDelta extends ToolCallDeltaBase {
  type?: UnknownType | undefined
  function?: undefined
  custom?: undefined
}

/** A piece of a tool call. `function` and `custom` narrow it; `type` is there on the first piece only. */
export type ChatToolCallDelta = FunctionToolCallDelta | CustomToolCallDelta | UnknownToolCallDelta

/** A function with its arguments, which are JSON as text. */
export interface CalledFunction extends OpenObject {
  name: string
  arguments: string
}

/** The whole call of a function. */
export interface FunctionToolCall extends OpenObject {
  type: 'function'
  id: string
  function: CalledFunction
}

/** A custom tool with its input. */
export interface CalledCustomTool extends OpenObject {
  name: string
  input: string
}

/** The whole call of a custom tool. */
export interface CustomToolCall extends OpenObject {
  type: 'custom'
  id: string
  custom: CalledCustomTool
}

/** A call whose type is newer than this package. */
export interface UnknownToolCall extends OpenObject {
  type: UnknownType
}

/** A whole tool call of any type; `type` narrows it. */
export type ChatToolCall = FunctionToolCall | CustomToolCall | UnknownToolCall
