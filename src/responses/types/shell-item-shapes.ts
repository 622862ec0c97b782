/**
 * The items of shells and patches.
 */
import type { OpenObject, OtherString } from '../../sse/open-types.js'
import type { ItemStatus, ToolCaller } from './part-shapes.js'

/** The command of a `LocalShellCallItem`. */
export interface LocalShellAction extends OpenObject {
  type: 'exec' | OtherString
  command: string[]
  env?: OpenObject | null | undefined
}

/** A command for the client's own shell. */
export interface LocalShellCallItem extends OpenObject {
  type: 'local_shell_call'
  id: string
  call_id: string
  status: ItemStatus
  action: LocalShellAction
}

/** What the client's shell gave. */
export interface LocalShellCallOutputItem extends OpenObject {
  type: 'local_shell_call_output'
  id: string
  output: string
  status?: ItemStatus | null | undefined
}

/** The commands of a `ShellCallItem`; they grow by `response.shell_call_command.*`. */
export interface ShellAction extends OpenObject {
  commands: string[]
  max_output_length?: number | null | undefined
  timeout_ms?: number | null | undefined
}

/** Commands for a shell, in a container or at the client. */
export interface ShellCallItem extends OpenObject {
  type: 'shell_call'
  id: string
  call_id: string
  status: ItemStatus
  action: ShellAction
  environment?: OpenObject | null | undefined
  caller?: ToolCaller | null | undefined
}

/** How a command ended. */
export interface ShellOutcome extends OpenObject {
  type: 'exit' | 'timeout' | OtherString
  exit_code?: number | null | undefined
}

/** What one command gave. */
export interface ShellOutput extends OpenObject {
  stdout: string
  stderr: string
  outcome: ShellOutcome
}

/** What a shell call gave, one entry for each command. */
export interface ShellCallOutputItem extends OpenObject {
  type: 'shell_call_output'
  id: string
  call_id: string
  output: ShellOutput[]
  status?: ItemStatus | null | undefined
  max_output_length?: number | null | undefined
  caller?: ToolCaller | null | undefined
}

/** What is to be done to one file; `diff` grows by deltas, and a file that goes has none. */
export interface ApplyPatchOperation extends OpenObject {
  type: 'create_file' | 'update_file' | 'delete_file' | OtherString
  path: string
  diff?: string | null | undefined
}

/** A change of one file. */
export interface ApplyPatchCallItem extends OpenObject {
  type: 'apply_patch_call'
  id: string
  call_id: string
  status: ItemStatus
  operation: ApplyPatchOperation
  caller?: ToolCaller | null | undefined
}

/** Whether a change of a file went well. */
export interface ApplyPatchCallOutputItem extends OpenObject {
  type: 'apply_patch_call_output'
  id: string
  call_id: string
  status: ItemStatus
  output?: string | null | undefined
  caller?: ToolCaller | null | undefined
}

/** Every item of a shell or of a patch. */
export type KnownShellItem =
  | LocalShellCallItem
  | LocalShellCallOutputItem
  | ShellCallItem
  | ShellCallOutputItem
  | ApplyPatchCallItem
  | ApplyPatchCallOutputItem
