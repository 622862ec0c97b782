import type { Where } from '../defects/reporter.js'
import type { Context } from './context.js'
import { nameCode, type ToolCall } from './tool-call.js'

// The names of calls: once and whole, before any arguments (B04, D-62).

/** Gives a call that has not been announced its name, or the second part of it. */
export function nameCall(context: Context, call: ToolCall, name: string | undefined, where: Where): void {
  if (name === undefined || name === call.name) return
  if (call.name === undefined) call.name = name
  else if (joins(context, call.name, name)) {
    context.reporter.defect(nameCode, 'moved', where, { path: 'function.name' })
    call.name += name
  } else context.lose(nameCode, where, 'function.name')
}

function joins({ request }: Context, first: string, second: string): boolean {
  const { tools } = request
  return tools !== undefined && !tools.includes(first) && tools.some((tool) => tool.startsWith(first + second))
}

/** Whether the name is one to wait with: the beginning of a tool's name, and no tool's, before any arguments. */
export function isPartlyNamed({ request }: Context, { name = '', sent }: ToolCall): boolean {
  const { tools } = request
  if (tools === undefined || sent.length > 0) return false
  return !tools.includes(name) && tools.some((tool) => tool.startsWith(name))
}
