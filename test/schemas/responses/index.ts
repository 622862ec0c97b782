export { events } from './events.js'
export { items } from './items.js'
export { annotations, parts } from './parts.js'
