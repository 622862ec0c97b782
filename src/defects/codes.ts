import type { registry } from './registry.js'

/** Every code that a report can carry. The registry is its one source. */
export type Code = keyof typeof registry
