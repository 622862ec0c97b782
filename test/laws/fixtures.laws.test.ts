import fc from 'fast-check'
import { describe, it } from 'vitest'
import { chunkings } from './arbitraries/chunking.js'
import { mutatedFixtures } from './arbitraries/mutated.js'
import { chat } from './chat-protocol.js'
import { checkIdempotence, checkPrefix, checkSplits, checkValidity } from './checks.js'
import { messages } from './messages-protocol.js'
import { responses } from './responses-protocol.js'
import { lawParameters, lawTimeout } from './runs.js'

// The damage of the other laws is done to conformant streams. Gateways are seldom wrong in one way only.

describe.each([messages, responses, chat])('the laws on fixtures of $name', { timeout: lawTimeout }, (protocol) => {
  it('hold where what is broken is broken once more', () => {
    fc.assert(
      fc.property(mutatedFixtures(protocol.name), chunkings, fc.nat(), ({ bytes }, sizes, place) => {
        checkValidity(protocol, bytes)
        checkIdempotence(protocol, bytes)
        checkSplits(protocol, bytes, sizes)
        checkPrefix(protocol, bytes, place % (bytes.length + 1))
      }),
      lawParameters(),
    )
  })
})
