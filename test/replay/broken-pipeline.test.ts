import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import type * as core from '../../src/index.js'
import { loadFixture, runFixture } from '../../src/replay/index.js'
import { brokenFile, caseFiles, conformant, folderWith } from './cases.js'

// A pipeline that is wrong on purpose, so that a run which passes means something: it adds a comment per chunk, counts the
// chunks as frames, and finds a defect in its own output.
vi.mock('../../src/index.js', async (original) => ({
  ...(await original<typeof core>()),
  createPipeline: () => {
    let chunks = 0
    return {
      push(chunk: Uint8Array, emit: (bytes: Uint8Array) => void) {
        chunks++
        emit(chunk)
        if (Buffer.from(chunk).includes('\n\n')) emit(Buffer.from(':\n\n'))
      },
      end() {},
      report: () => ({
        endState: 'complete',
        defects: [{ code: 'messages/block-delta-without-start' }],
        observations: [],
        frames: { in: chunks, out: chunks },
      }),
    }
  },
}))

it('a result that depends on the chunks, and an output that is not stable, are differences even where all bytes are as expected', async () => {
  const folder = await folderWith(caseFiles('case', conformant, brokenFile, `${conformant}:\n\n`))
  const { passed, differences } = runFixture(await loadFixture(join(folder, 'case')))
  expect(passed).toBe(false)
  expect(differences).toMatchObject([
    { kind: 'chunking-bytes', chunking: 'byte by byte' },
    { kind: 'chunking-report', chunking: 'byte by byte', fields: ['frames'] },
    { kind: 'chunking-bytes', chunking: 'frame by frame' },
    { kind: 'chunking-report', chunking: 'frame by frame', fields: ['frames'] },
    { kind: 'second-pass-bytes' },
    { kind: 'second-pass-defects', codes: ['messages/block-delta-without-start'] },
  ])
})
