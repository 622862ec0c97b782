import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** One frame as Anthropic writes it. */
function frame(event: { readonly type: string }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

export const messageStart = frame({
  type: 'message_start',
  message: {
    id: 'msg_01Fern',
    type: 'message',
    role: 'assistant',
    model: 'test-model-1',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 9, output_tokens: 1 },
  },
} as { type: string })
const blockStart = frame({
  type: 'content_block_start',
  index: 0,
  content_block: { type: 'text', text: '' },
} as { type: string })
const blockStop = frame({ type: 'content_block_stop', index: 0 } as { type: string })
const messageStop = frame({ type: 'message_stop' })
const tail =
  frame({
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 7 },
  } as { type: string }) + messageStop

export function textDelta(text: string, index = 0): string {
  return frame({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } } as { type: string })
}

/** A stream without a fault. */
export const conformant = messageStart + blockStart + textDelta('Rain at noon.') + blockStop + tail
/** The seed case: a delta at index -1 and no block start. */
export const broken = messageStart + textDelta('Rain at', -1) + textDelta(' noon.', -1) + tail
/** What must come out of it. */
export const repaired = messageStart + blockStart + textDelta('Rain at') + textDelta(' noon.') + blockStop + tail
/** A stream that stops in the middle of a block. */
export const truncated = messageStart + blockStart + textDelta('Rain at')

export const brokenCode = 'messages/block-delta-without-start'

export const brokenFile = {
  title: 'Deltas at index -1',
  protocol: 'messages',
  source: { product: 'derived' },
  endState: 'complete',
  defects: [brokenCode],
}

/** Writes files below a fresh folder, which is removed when the test is over. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sse-conform-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

/** The three files of a case, under a name. */
export function caseFiles(name: string, upstream: string, file: object, expected?: string): Record<string, string> {
  return {
    [`${name}/upstream.sse`]: upstream,
    [`${name}/fixture.json`]: JSON.stringify(file),
    ...(expected === undefined ? {} : { [`${name}/expected.sse`]: expected }),
  }
}
