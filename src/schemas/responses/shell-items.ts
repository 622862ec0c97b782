import { z } from 'zod'
import { openEnum, openObject } from '../open.js'
import { id, itemStatus, toolCaller } from './fields.js'

const text = z.string()
const count = z.int().nullish()

/** Schema of `LocalShellAction`. */
export const localShellAction = z.looseObject({
  type: openEnum(['exec']),
  command: z.array(text),
  env: openObject.nullish(),
})

/** Schema of `LocalShellCallItem`. */
export const localShellCallItem = z.looseObject({
  type: z.literal('local_shell_call'),
  id,
  call_id: id,
  status: itemStatus,
  action: localShellAction,
})

/** Schema of `LocalShellCallOutputItem`. */
export const localShellCallOutputItem = z.looseObject({
  type: z.literal('local_shell_call_output'),
  id,
  output: text,
  status: itemStatus.nullish(),
})

/** Schema of `ShellAction`. */
export const shellAction = z.looseObject({ commands: z.array(text), max_output_length: count, timeout_ms: count })

/** Schema of `ShellCallItem`. */
export const shellCallItem = z.looseObject({
  type: z.literal('shell_call'),
  id,
  call_id: id,
  status: itemStatus,
  action: shellAction,
  environment: openObject.nullish(),
  caller: toolCaller.nullish(),
})

/** Schema of `ShellOutcome`. */
export const shellOutcome = z.looseObject({ type: openEnum(['exit', 'timeout']), exit_code: count })

/** Schema of `ShellOutput`. */
export const shellOutput = z.looseObject({ stdout: text, stderr: text, outcome: shellOutcome })

/** Schema of `ShellCallOutputItem`. */
export const shellCallOutputItem = z.looseObject({
  type: z.literal('shell_call_output'),
  id,
  call_id: id,
  output: z.array(shellOutput),
  status: itemStatus.nullish(),
  max_output_length: count,
  caller: toolCaller.nullish(),
})

/** Schema of `ApplyPatchOperation`. */
export const applyPatchOperation = z.looseObject({
  type: openEnum(['create_file', 'update_file', 'delete_file']),
  path: text,
  diff: text.nullish(),
})

/** Schema of `ApplyPatchCallItem`. */
export const applyPatchCallItem = z.looseObject({
  type: z.literal('apply_patch_call'),
  id,
  call_id: id,
  status: itemStatus,
  operation: applyPatchOperation,
  caller: toolCaller.nullish(),
})

/** Schema of `ApplyPatchCallOutputItem`. */
export const applyPatchCallOutputItem = z.looseObject({
  type: z.literal('apply_patch_call_output'),
  id,
  call_id: id,
  status: itemStatus,
  output: text.nullish(),
  caller: toolCaller.nullish(),
})
