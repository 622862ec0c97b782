export * from './messages/blocks.js'
export * from './messages/deltas.js'
export * from './messages/events.js'
export * from './messages/message.js'
