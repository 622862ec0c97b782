import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { EndReason } from '../../src/stage/stage.js'
import { chat } from './chat-protocol.js'
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
import { messages } from './messages-protocol.js'
import type { Ending, LawProtocol } from './protocol.js'
import { responses } from './responses-protocol.js'

/** A stream on which a law once failed, as the property printed it. */
interface Regression {
  readonly protocol: LawProtocol['name']
  readonly law: keyof typeof laws
  /** What went wrong then. */
  readonly why: string
  /** The upstream bytes, base64. */
  readonly upstream: string
  /** Law 4: the sizes of the chunks. */
  readonly chunking?: readonly number[]
  /** Law 7: where the prefix ended. */
  readonly cutAt?: number
  /** Law 5: the conformant stream before the damage, base64. */
  readonly original?: string
  /** Law 6: the ending owed. */
  readonly ending?: Ending
  /** Laws 6 and 9: why the input was over; `eof` where it is left out. */
  readonly end?: EndReason
  /** Law 8. */
  readonly limits?: Readonly<Record<string, number>>
  /** Law 10: what must not be told. */
  readonly marks?: readonly string[]
}

const laws = {
  identity: (protocol, bytes) => checkIdentity(protocol, bytes),
  validity: (protocol, bytes) => void checkValidity(protocol, bytes),
  idempotence: (protocol, bytes) => checkIdempotence(protocol, bytes),
  splits: (protocol, bytes, { chunking }) => checkSplits(protocol, bytes, chunking ?? [1]),
  conservation: (protocol, bytes, { original }) => checkSameContent(protocol, bytes, decoded(original ?? '')),
  honesty: (protocol, bytes, { ending, end }) => checkEnding(protocol, bytes, ending ?? 'error', end ?? 'eof'),
  promptness: (protocol, bytes, { cutAt }) => checkPrefix(protocol, bytes, cutAt ?? bytes.length),
  boundedness: (protocol, bytes, { limits }) => checkBounds(protocol, bytes, limits ?? {}),
  totality: (protocol, bytes, { end }) => checkTotality(protocol, bytes, end ?? 'eof'),
  silence: (protocol, bytes, { marks }) => checkSilence(protocol, bytes, marks ?? []),
} satisfies Record<string, (protocol: LawProtocol, bytes: Uint8Array, regression: Regression) => void>

const protocols: Readonly<Record<string, LawProtocol>> = { messages, responses, chat }
const folder = new URL('./regressions/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

describe('streams on which a law once failed', () => {
  it('are kept under regressions/', () => expect(files).not.toEqual([]))

  for (const name of files) {
    const regression = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Regression
    const protocol = protocols[regression.protocol]
    it(`${name}: ${regression.why}`, () => {
      if (protocol === undefined) throw new Error(`no laws for ${regression.protocol}`)
      const bytes = decoded(regression.upstream)
      laws[regression.law](protocol, bytes, regression)
      // Whatever the law was, the laws that need nothing but bytes hold as well.
      checkValidity(protocol, bytes)
      checkIdempotence(protocol, bytes)
      checkSplits(protocol, bytes, [3, 1, 7])
    })
  }
})

function decoded(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}
