import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Code } from '../defects/codes.js'
import type { EndState, Finding, Report, Tally } from '../defects/types.js'
import { createPipeline } from '../index.js'
import { type Chunking, chunkings } from './chunkings.js'
import { type Fixture, FixtureError, loadFixture } from './fixture.js'
import { formatFixtureFile } from './fixture-file.js'

/** One way in which a case did not come out as expected. */
export type Difference =
  | { readonly kind: 'expected-missing' }
  | { readonly kind: 'bytes'; readonly expected: Uint8Array; readonly actual: Uint8Array }
  | { readonly kind: 'end-state'; readonly expected: EndState; readonly actual: EndState }
  | {
      readonly kind: 'defects' | 'observations'
      readonly missing: readonly Code[]
      readonly unexpected: readonly Code[]
    }
  | {
      /** The same bytes in other chunks gave other bytes (law 4). */
      readonly kind: 'chunking-bytes'
      readonly chunking: Chunking['name']
      readonly expected: Uint8Array
      readonly actual: Uint8Array
    }
  | {
      readonly kind: 'chunking-report'
      readonly chunking: Chunking['name']
      /** Which fields of the report differ. */
      readonly fields: readonly (keyof Report)[]
    }
  | { readonly kind: 'second-pass-bytes'; readonly expected: Uint8Array; readonly actual: Uint8Array }
  | { readonly kind: 'second-pass-defects'; readonly codes: readonly Code[] }

/** What came of one case. */
export interface FixtureResult {
  readonly fixture: Fixture
  readonly passed: boolean
  /** Empty where the case passed. */
  readonly differences: readonly Difference[]
  /** The normalised stream. */
  readonly output: Uint8Array
  readonly report: Report
}

/**
 * Runs one case: normalises `upstream.sse` whole, byte by byte and frame by frame, compares bytes, end state and codes
 * with what the fixture says, and feeds the output through a second time, which must change nothing and find no defect.
 * Ids that must be made come from a counter, so that every run gives the same bytes.
 *
 * @param fixture a case from {@link loadFixture}
 * @returns the differences, none where it passed
 * @throws FixtureError where the pipeline refuses the fixture's options or protocol
 * @example
 * const { passed, differences } = runFixture(await loadFixture('fixtures/messages/index-minus-one'))
 */
export function runFixture(fixture: Fixture): FixtureResult {
  const [first, ...others] = chunkings
  const { output, report } = pass(fixture, first.chunks(fixture.upstream))
  const differences = [
    ...compareBytes(fixture, output),
    ...compareReport(fixture, report),
    ...others.flatMap((chunking) => compareChunking(fixture, chunking, output, report)),
    ...compareSecondPass(fixture, output),
  ]
  return { fixture, passed: differences.length === 0, differences, output, report }
}

/** What `updateFixture` may write. */
export interface UpdateOptions {
  /** True keeps `fixture.json` as it was decided, and writes `expected.sse` alone. */
  readonly bytesOnly?: boolean
}

/**
 * Writes what comes out today as what must come out: `expected.sse`, and `endState`, `defects` and `observations` in
 * `fixture.json`. Every other field stays as it is. Files that already say so are not touched.
 *
 * @param fixture a case from {@link loadFixture}
 * @param options whether `fixture.json` may be written
 * @returns the result of a run against the new files. It can still fail: no expectation excuses a result that depends
 * on the chunks, or a second pass that changes something
 * @example
 * for (const fixture of await loadFixtures('fixtures')) await updateFixture(fixture)
 */
export async function updateFixture(fixture: Fixture, options: UpdateOptions = {}): Promise<FixtureResult> {
  const { output, report } = pass(fixture, [fixture.upstream])
  if (!options.bytesOnly) await updateFile(fixture, report)
  if (fixture.expected === undefined || !sameBytes(fixture.expected, output)) {
    await writeFile(join(fixture.directory, 'expected.sse'), output)
  }
  return runFixture({ ...(await loadFixture(fixture.directory)), name: fixture.name })
}

async function updateFile({ directory, file, raw }: Fixture, report: Report): Promise<void> {
  const defects = codesOf(report.defects)
  const observations = codesOf(report.observations)
  // The file leaves an empty list of observations out: JSON has no `undefined`.
  const seen = observations.length === 0 ? undefined : observations
  const updated = {
    ...raw,
    endState: report.endState,
    // The set is what counts: where it has not changed, the order of the file stays.
    defects: sameSet(file.defects, defects) ? file.defects : defects,
    ...(sameSet(file.observations ?? [], observations) ? {} : { observations: seen }),
  }
  if (JSON.stringify(updated) !== JSON.stringify(raw)) {
    await writeFile(join(directory, 'fixture.json'), formatFixtureFile(updated))
  }
}

interface Pass {
  readonly output: Uint8Array
  readonly report: Report
}

function pass(fixture: Fixture, chunks: Iterable<Uint8Array>): Pass {
  const pipeline = openPipeline(fixture)
  const parts: Uint8Array[] = []
  const emit = (bytes: Uint8Array) => {
    parts.push(bytes)
  }
  for (const chunk of chunks) pipeline.push(chunk, emit)
  pipeline.end('eof', emit)
  return { output: Buffer.concat(parts), report: pipeline.report() }
}

function openPipeline({ file, directory }: Fixture): ReturnType<typeof createPipeline> {
  let drawn = 0
  try {
    return createPipeline({ ...file.options, protocol: file.protocol, newId: () => String(++drawn) })
  } catch (error) {
    // A caller's mistake (law 9), and the caller is fixture.json: a limit that is no number, a protocol not yet there.
    throw new FixtureError(join(directory, 'fixture.json'), (error as Error).message)
  }
}

function compareBytes(fixture: Fixture, actual: Uint8Array): Difference[] {
  const { expected } = fixture
  if (expected === undefined) return [{ kind: 'expected-missing' }]
  return sameBytes(expected, actual) ? [] : [{ kind: 'bytes', expected, actual }]
}

function compareReport(fixture: Fixture, report: Report): Difference[] {
  const { endState, defects, observations = [] } = fixture.file
  const differences: Difference[] = []
  if (report.endState !== endState) {
    differences.push({ kind: 'end-state', expected: endState, actual: report.endState })
  }
  differences.push(
    ...compareCodes('defects', defects, codesOf(report.defects)),
    ...compareCodes('observations', observations, codesOf(report.observations)),
  )
  return differences
}

function compareCodes(
  kind: 'defects' | 'observations',
  expected: readonly Code[],
  actual: readonly Code[],
): Difference[] {
  const missing = expected.filter((code) => !actual.includes(code))
  const unexpected = actual.filter((code) => !expected.includes(code))
  return missing.length + unexpected.length === 0 ? [] : [{ kind, missing, unexpected }]
}

function compareChunking(fixture: Fixture, chunking: Chunking, expected: Uint8Array, report: Report): Difference[] {
  const other = pass(fixture, chunking.chunks(fixture.upstream))
  const differences: Difference[] = []
  if (!sameBytes(expected, other.output)) {
    differences.push({ kind: 'chunking-bytes', chunking: chunking.name, expected, actual: other.output })
  }
  const fields = (Object.keys(report) as (keyof Report)[]).filter(
    (field) => JSON.stringify(other.report[field]) !== JSON.stringify(report[field]),
  )
  if (fields.length > 0) differences.push({ kind: 'chunking-report', chunking: chunking.name, fields })
  return differences
}

function compareSecondPass(fixture: Fixture, expected: Uint8Array): Difference[] {
  const { output: actual, report } = pass(fixture, [expected])
  const codes = codesOf(report.defects)
  return [
    ...(sameBytes(expected, actual) ? [] : [{ kind: 'second-pass-bytes', expected, actual } as const]),
    ...(codes.length === 0 ? [] : [{ kind: 'second-pass-defects', codes } as const]),
  ]
}

function codesOf(tallies: readonly Tally<Finding>[]): Code[] {
  return tallies.map((tally) => tally.code)
}

function sameSet(a: readonly Code[], b: readonly Code[]): boolean {
  return a.every((code) => b.includes(code)) && b.every((code) => a.includes(code))
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
