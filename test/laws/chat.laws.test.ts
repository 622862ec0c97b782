import { describe, it } from 'vitest'
import { chat } from './chat-protocol.js'
import {
  assertBoundedness,
  assertConservation,
  assertDepth,
  assertGenerator,
  assertHonesty,
  assertIdempotence,
  assertIdentity,
  assertNothingLost,
  assertPrefixes,
  assertPromptness,
  assertSilence,
  assertSilentErrors,
  assertSplitInvariance,
  assertTotality,
  assertValidity,
} from './laws.js'
import { lawTimeout } from './runs.js'

describe('the laws on /v1/chat/completions', { timeout: lawTimeout }, () => {
  it('generated conformant streams are conformant by the oracle', () => assertGenerator(chat))
  it('1 identity: a stream without defects comes out byte for byte', () => assertIdentity(chat))
  it('2 validity: whatever comes in, what goes out is valid', () => assertValidity(chat))
  it('3 idempotence: the second pass changes nothing and finds nothing', () => assertIdempotence(chat))
  it('4 split invariance: chunk borders change neither output nor report', () => assertSplitInvariance(chat))
  it('5 conservation: after lossless damage all content is there', () => assertNothingLost(chat))
  it('5 conservation: nothing is invented, and no loss is silent or a success', () => assertConservation(chat))
  it('6 honesty: every prefix ends in an error unless it is a whole answer', () => assertHonesty(chat))
  it('7 promptness: what a prefix emits is a prefix of the output', () => assertPrefixes(chat))
  it('7 promptness: each frame leaves in its own push, but for the closed list', () => assertPromptness(chat))
  it('8 boundedness: a limit ends the stream in-band and is reported', () => assertBoundedness(chat))
  it('9 totality: no bytes and no end reason make it throw', () => assertTotality(chat))
  it('9 totality: nesting 100,000 deep is cut by a limit, not by the stack', () => assertDepth(chat))
  it('10 silence: findings and reports hold no content', () => assertSilence(chat))
  it('10 silence: errors of our own making hold no content', () => assertSilentErrors(chat))
})
