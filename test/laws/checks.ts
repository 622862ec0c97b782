import { strict as assert } from 'node:assert'
import type { EndReason } from '../../src/stage/stage.js'
import type { Chunking } from './arbitraries/chunking.js'
import type { Content, Ending, LawProtocol, Verdict } from './protocol.js'
import { sameArguments } from './reading.js'
import { assertPrefix, assertSameBytes, type Run, run, runCut } from './run.js'

// One law each, for one concrete stream: the properties call them, and so do the kept regressions and the shared corpus.

/** Law 1: no defect, and the bytes up to the terminal. */
export function checkIdentity(protocol: LawProtocol, bytes: Uint8Array, owed = bytes): void {
  const { output, defects } = run(protocol, bytes)
  assert.deepEqual(defects, [], 'a stream without defects is reported to have some')
  assertSameBytes(output, owed, 'a stream without defects was changed')
}

/** Laws 2 and 6: the oracle finds nothing wrong, there is a terminal, and the report tells the truth about it. */
export function checkValidity(protocol: LawProtocol, bytes: Uint8Array): Verdict {
  return checkRun(protocol, run(protocol, bytes))
}

/** The same for a run that has been made. */
export function checkRun(protocol: LawProtocol, { output, report }: Run): Verdict {
  const verdict = protocol.judge(output)
  assert.deepEqual(verdict.violations, [], `the output breaks the rules:\n${Buffer.from(output).toString('utf8')}`)
  assert.notEqual(verdict.ending, 'none', 'the output has no terminal')
  const claimed = report.endState === 'complete' ? 'success' : 'error'
  assert.equal(verdict.ending, claimed, `the end state is ${report.endState}, but the stream ends in ${verdict.ending}`)
  assert.equal(report.bytes.out, output.length, 'the report counts other bytes than came out')
  return verdict
}

/** Law 3. */
export function checkIdempotence(protocol: LawProtocol, bytes: Uint8Array): void {
  const first = run(protocol, bytes).output
  const second = run(protocol, first)
  assert.deepEqual(second.defects, [], `the second pass finds defects in:\n${Buffer.from(first).toString('utf8')}`)
  assertSameBytes(second.output, first, 'the second pass changed something')
}

/** Law 4: the output, the report, and every finding in its order. */
export function checkSplits(protocol: LawProtocol, bytes: Uint8Array, chunking: Chunking): void {
  const whole = run(protocol, bytes)
  for (const sizes of [chunking, [1]]) {
    const cut = runCut(protocol, bytes, sizes)
    assertSameBytes(cut.output, whole.output, `in chunks of ${sizes.join(', ')}`)
    assert.deepEqual(cut.defects, whole.defects, `other defects in chunks of ${sizes.join(', ')}`)
    assert.deepEqual(cut.observations, whole.observations, `other observations in chunks of ${sizes.join(', ')}`)
    assert.deepEqual(cut.report, whole.report, `another report in chunks of ${sizes.join(', ')}`)
  }
}

/** Law 5, where nothing was lost on the way: the output says what the original said, and ends as it did. */
export function checkSameContent(protocol: LawProtocol, bytes: Uint8Array, original: Uint8Array): void {
  const wanted = protocol.judge(original)
  const { output } = run(protocol, bytes)
  const found = protocol.judge(output)
  const shown = `\n${Buffer.from(output).toString('utf8')}`
  assert.deepEqual(comparable(found.content), comparable(wanted.content), `other content came out:${shown}`)
  assert.equal(found.ending, wanted.ending, `the original ends in ${wanted.ending}:${shown}`)
}

function comparable({ text, thinking, summary, refusal, tools, errorMessage }: Content) {
  // White-space-only text that reaches a tool block is dropped (D-31), so white space in text does not count here.
  const calls = tools.map(({ id, name, arguments: json }) => ({ id, name, arguments: sameArguments(json) }))
  return { text: text.replace(/\s/gu, ''), thinking, summary, refusal, tools: calls, errorMessage }
}

/** Law 6 for a prefix: the ending that the success table gives, whatever cut the input off. */
export function checkEnding(
  protocol: LawProtocol,
  prefix: Uint8Array,
  wanted: Ending | 'either',
  end: EndReason,
): void {
  const result = run(protocol, prefix, { end })
  const { ending } = checkRun(protocol, result)
  // Only eof is promised to leave a whole answer whole; after a reset or a timeout either ending is honest.
  const owed = wanted === 'success' && end !== 'eof' ? 'either' : wanted
  if (owed !== 'either') assert.equal(ending, owed, `after ${end}:\n${Buffer.from(result.output).toString('utf8')}`)
}

/** Law 7: what the pushes of a prefix emit is a prefix of the whole output. */
export function checkPrefix(protocol: LawProtocol, bytes: Uint8Array, cutAt: number): void {
  const whole = run(protocol, bytes).output
  const { output, after } = run(protocol, bytes.subarray(0, cutAt))
  assertPrefix(output.subarray(0, after.at(-1) ?? 0), whole, `pushed up to byte ${cutAt}`)
}

/** Law 8. */
export function checkBounds(protocol: LawProtocol, bytes: Uint8Array, limits: Readonly<Record<string, number>>): void {
  const result = run(protocol, bytes, { limits })
  checkRun(protocol, result)
  // What comes after the terminal is only counted; a limit that it hits changes no verdict.
  const hit = result.early.some(({ code }) => code === 'sse/limit-exceeded')
  const { endState } = result.report
  assert.equal(hit, endState === 'limit', `a limit was ${hit ? '' : 'not '}hit, and the end state is ${endState}`)
}

/** Law 9: whatever comes and however it ends, nothing throws; and nobody is written to who went away. */
export function checkTotality(protocol: LawProtocol, bytes: Uint8Array, end: EndReason): void {
  const result = run(protocol, bytes, { end })
  if (end !== 'cancel') return void checkRun(protocol, result)
  assert.equal(result.output.length, result.after.at(-1) ?? 0, 'something was written after the reader went away')
}

/** Law 10: nothing of the content in what is told about the stream. */
export function checkSilence(protocol: LawProtocol, bytes: Uint8Array, marks: readonly string[]): void {
  const { defects, observations, report } = run(protocol, bytes)
  const told = JSON.stringify([defects, observations, report])
  for (const mark of marks) assert.ok(!told.includes(mark), `the report tells content: ${told}`)
}
