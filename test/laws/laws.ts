import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import type { EndReason } from '../../src/stage/stage.js'
import { chunkings } from './arbitraries/chunking.js'
import {
  type ConformantStream,
  conformantStreams,
  damagedFrames,
  damagedStreams,
  losslesslyDamaged,
} from './arbitraries/damaged.js'
import { drafts } from './arbitraries/draft.js'
import { plain, write } from './arbitraries/formatting.js'
import { deepEvents, hostileBytes } from './arbitraries/hostile.js'
import {
  checkBounds,
  checkEnding,
  checkIdempotence,
  checkIdentity,
  checkPrefix,
  checkSameContent,
  checkSilence,
  checkSplits,
  checkTotality,
  checkValidity,
} from './checks.js'
import { checkConservation } from './conservation.js'
import type { LawProtocol } from './protocol.js'
import { assertSameBytes, runChunks } from './run.js'
import { lawParameters } from './runs.js'

// The ten laws of DESIGN.md, each as one property over any protocol that fills in `LawProtocol`.

/** What the other laws stand on: the generator makes conformant streams, by the oracle's reading. */
export function assertGenerator(protocol: LawProtocol): void {
  holds(
    fc.property(conformantStreams(protocol), ({ bytes, events }) => {
      const { violations, ending } = protocol.judge(bytes)
      assert.deepEqual(violations, [])
      assert.equal(ending, protocol.endingAfter(events))
    }),
  )
}

/** Law 1: a stream without defects comes out byte for byte up to its terminal. */
export function assertIdentity(protocol: LawProtocol): void {
  holds(
    fc.property(conformantStreams(protocol), (stream) => {
      checkIdentity(protocol, stream.bytes, upToTerminal(protocol, stream))
    }),
  )
}

/** Law 2: whatever comes in, what goes out satisfies the validity set. */
export function assertValidity(protocol: LawProtocol): void {
  holds(fc.property(damagedStreams(protocol), ({ bytes }) => void checkValidity(protocol, bytes)))
}

/** Law 3: the second pass changes no byte and reports no defect. */
export function assertIdempotence(protocol: LawProtocol): void {
  holds(fc.property(damagedStreams(protocol), ({ bytes }) => checkIdempotence(protocol, bytes)))
}

/** Law 4: how the bytes were cut changes nothing. */
export function assertSplitInvariance(protocol: LawProtocol): void {
  holds(fc.property(damagedStreams(protocol), chunkings, ({ bytes }, sizes) => checkSplits(protocol, bytes, sizes)))
}

/** Law 5, first half: after damage that loses nothing, everything is there. */
export function assertNothingLost(protocol: LawProtocol): void {
  holds(
    fc.property(losslesslyDamaged(protocol), ({ bytes, original }) => {
      checkSameContent(protocol, bytes, write(drafts(original), plain).bytes)
    }),
  )
}

/** Law 5, second half: after any damage, nothing is invented, and what is lost is reported and forbids success. */
export function assertConservation(protocol: LawProtocol): void {
  holds(fc.property(damagedFrames(protocol), (stream) => checkConservation(protocol, stream)))
}

/** Law 6: a success only on evidence, wherever the stream is cut. */
export function assertHonesty(protocol: LawProtocol): void {
  const ends = fc.constantFrom<EndReason>('eof', 'eof', 'reset', 'timeout')
  holds(
    fc.property(conformantStreams(protocol), fc.nat(), ends, ({ events, frames, bytes }, place, end) => {
      const cutAt = place % (bytes.length + 1)
      const whole = events.filter((_, number) => (frames[number]?.dataEnd ?? Infinity) <= cutAt)
      checkEnding(protocol, bytes.subarray(0, cutAt), protocol.endingAfter(whole), end)
    }),
  )
}

/** Law 7, first half: the output of the pushes of a prefix is a prefix of the output. */
export function assertPrefixes(protocol: LawProtocol): void {
  holds(
    fc.property(damagedStreams(protocol), fc.nat(), ({ bytes }, place) => {
      checkPrefix(protocol, bytes, place % (bytes.length + 1))
    }),
  )
}

/** Law 7, second half: each frame of a conformant stream leaves in its own push, but for the closed list of holds. */
export function assertPromptness(protocol: LawProtocol): void {
  holds(
    fc.property(conformantStreams(protocol), (stream) => {
      const { bytes, frames, events } = stream
      const pieces = frames.map(({ start, end }) => bytes.subarray(start, end))
      const { after, output } = runChunks(protocol, pieces)
      const wanted = upToTerminal(protocol, stream)
      assertSameBytes(output, wanted, 'pushed frame by frame')
      events.forEach((event, number) => {
        const held = protocol.firstHeld(events.slice(0, number + 1))
        const owed = Math.min((held > number ? frames[number]?.end : frames[held]?.start) ?? 0, wanted.length)
        assert.ok(
          (after[number] ?? 0) >= owed,
          `frame ${number + 1} (${event.name}): ${after[number]} of ${owed} bytes are out`,
        )
      })
    }),
  )
}

/** Law 8: a limit ends the stream in-band and is named in the report. */
export function assertBoundedness(protocol: LawProtocol): void {
  const limits = fc.constantFrom(...protocol.smallLimits)
  holds(
    fc.property(fc.oneof(conformantStreams(protocol), damagedStreams(protocol)), limits, ({ bytes }, small) => {
      checkBounds(protocol, bytes, small)
    }),
  )
}

/** Law 9: a stage never throws on input. */
export function assertTotality(protocol: LawProtocol): void {
  const ends = fc.constantFrom<EndReason>('eof', 'reset', 'cancel', 'timeout', 'limit')
  const inputs = fc.oneof(
    hostileBytes(protocol),
    damagedStreams(protocol).map(({ bytes }) => bytes),
  )
  holds(fc.property(inputs, ends, (bytes, end) => checkTotality(protocol, bytes, end)))
}

/** Law 9 at a depth that would break a recursive reader. The streams are large, so they are few and listed. */
export function assertDepth(protocol: LawProtocol): void {
  for (const bytes of deepEvents(protocol, 100_000)) {
    checkTotality(protocol, bytes, 'eof')
    checkTotality(protocol, bytes, 'cancel')
  }
}

/** Law 10: no content, no arguments, no keys and no prose in what is told about a stream. */
export function assertSilence(protocol: LawProtocol): void {
  const mark = 'zqcanaryqz'
  holds(
    fc.property(fc.oneof(conformantStreams(protocol, mark), damagedStreams(protocol, mark)), ({ bytes }) => {
      checkSilence(protocol, bytes, [mark])
    }),
  )
}

/** Law 10 in the output: an error that we make says nothing of the content; it is the same whatever the content was. */
export function assertSilentErrors(protocol: LawProtocol): void {
  const mark = 'zqcanaryqz'
  holds(
    fc.property(conformantStreams(protocol, mark), fc.nat(), ({ bytes, frames, events }, place) => {
      const cutAt = place % (bytes.length + 1)
      // The upstream's own error keeps its message: that is its purpose.
      if (events.some((event, number) => event.name === 'error' && (frames[number]?.start ?? 0) < cutAt)) return
      const { output } = runChunks(protocol, [bytes.subarray(0, cutAt)])
      assert.ok(!(protocol.judge(output).content.errorMessage ?? '').includes(mark), 'our own error tells content')
    }),
  )
}

/** What a stream without defects comes out as: its bytes up to its terminal, with what the terminal brings along. */
function upToTerminal(protocol: LawProtocol, { bytes, frames, events }: ConformantStream): Uint8Array {
  const failed = protocol.behindError === undefined ? -1 : events.findIndex(({ name }) => name === 'error')
  const end = frames[failed]?.end
  return end === undefined ? bytes : Buffer.concat([bytes.subarray(0, end), Buffer.from(protocol.behindError ?? '')])
}

function holds<Case extends [unknown, ...unknown[]]>(property: fc.IProperty<Case>): void {
  fc.assert(property, lawParameters<Case>())
}
