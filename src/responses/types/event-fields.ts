import type { OpenObject } from '../../sse/open-types.js'

/** What every event may carry. */
export interface NumberedEvent extends OpenObject {
  /** Counts up through the response, with gaps; streams that began without numbers have none (D-42). */
  sequence_number?: number | undefined
}

/** What an event that belongs to an item carries besides. */
export interface ItemEvent extends NumberedEvent {
  /** The id under which the item was announced (RE-7). */
  item_id: string
  /** The item's place in the response's `output`, counted from 0 (RE-5). */
  output_index: number
}

/** What an event that belongs to a part of an item's `content` carries besides. */
export interface ContentPartEvent extends ItemEvent {
  /** The part's place in the item's `content`, counted from 0 (RE-6). */
  content_index: number
}

/** What an event that belongs to a part of a reasoning item's `summary` carries besides. */
export interface SummaryPartEvent extends ItemEvent {
  /** The part's place in the item's `summary`, counted from 0 (RE-6). */
  summary_index: number
}

/** What an event that belongs to one command of a shell call carries. Recordings of `shell_call_command` name no item. */
export interface ShellCommandEvent extends NumberedEvent {
  output_index: number
  command_index: number
}

/** What a delta may carry: padding that hides from an eavesdropper how long the delta is. Read by nobody (RE-27). */
export interface Obfuscated extends OpenObject {
  obfuscation?: string | null | undefined
}
