import { it, vi } from 'vitest'

vi.mock('../../src/index.js', () => ({
  createPipeline: () => ({
    push: (b: Uint8Array, e: (x: Uint8Array) => void) => e(b),
    end: () => {},
    ended: false,
    report: () => ({}),
  }),
}))

import { assertGenerator } from './laws.js'
import { messages } from './messages-protocol.js'

it('gen', () => assertGenerator(messages), 600000)
