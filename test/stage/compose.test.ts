import { describe, expect, it } from 'vitest'
import {
  compose,
  createPipeline,
  decode,
  defaultLimits,
  type EndReason,
  encode,
  type Frame,
  type Limits,
  messages,
  type Stage,
} from '../../src/index.js'
import { bytesOf, delta, ended, message, open, say, start, text, textBlock } from '../oracle/streams.js'
import { textOf } from './streams.js'

/** A stage that doubles what it gets, gathers it, and lets it go when it is flushed. */
function gathering(log: string[]): Stage<string, string> {
  let held: string[] = []
  return {
    push: (input) => {
      held.push(input, input)
    },
    end: (reason) => {
      log.push(`gathering ends: ${reason}`)
      held.push('end')
    },
    flush: (emit) => {
      for (const piece of held) emit(piece)
      held = []
    },
  }
}

/** A stage that splits words and may give its input up. */
function splitting(stopAt?: string): Stage<string, string> & { stopped: EndReason | undefined } {
  return {
    stopped: undefined,
    push(input, emit) {
      for (const word of input.split(' ')) {
        if (word === stopAt) {
          this.stopped = 'limit'
          return
        }
        emit(word)
      }
    },
    end: (reason, emit) => emit(`(${reason})`),
  }
}

describe('compose', () => {
  it('pushes what the first emits into the second, in the same call, and flushes both', () => {
    const log: string[] = []
    const stage = compose(splitting(), gathering(log))
    const emit = (word: string) => log.push(word)
    stage.push('a b', emit)
    expect(log).toEqual(['a', 'a', 'b', 'b'])
    stage.push('c', emit)
    stage.end('reset', emit)
    expect(log.slice(4)).toEqual(['c', 'c', 'gathering ends: reset', '(reset)', '(reset)', 'end'])
  })

  it('ignores what comes after the end, and a second end', () => {
    const log: string[] = []
    const stage = compose(splitting(), gathering(log))
    stage.end('eof', () => {})
    stage.push('a', (word) => log.push(word))
    stage.end('reset', (word) => log.push(word))
    expect(log).toEqual(['gathering ends: eof'])
  })

  it('ends the second stage at once where the first gives its input up, with its reason', () => {
    const log: string[] = []
    const stage = compose(splitting('stop'), gathering(log))
    stage.push('a stop b', (word) => log.push(word))
    expect(log).toEqual(['gathering ends: limit', 'a', 'a', 'end'])
    expect(stage.stopped).toBe('limit')
    stage.push('c', (word) => log.push(word))
    stage.end('eof', (word) => log.push(word))
    expect(log).toHaveLength(4)
  })

  it('is ended when either of its stages is', () => {
    const stage = compose(compose(decode(), messages()), encode())
    stage.push(bytesOf(start() + text(0)), () => {})
    expect(stage.ended).toBe(false)
    stage.push(bytesOf(ended()), () => {})
    expect(stage.ended).toBe(true)
  })

  it('makes of the public stages what the pipeline is', () => {
    const body = message(open(0, textBlock) + delta(7, say('a')) + delta(0, say('b')))
    const byHand: Uint8Array[] = []
    const stage = compose(compose(decode(), messages()), encode())
    stage.push(bytesOf(body), (bytes) => byHand.push(bytes))
    stage.end('eof', (bytes) => byHand.push(bytes))
    const whole: Uint8Array[] = []
    const pipeline = createPipeline({ protocol: 'messages' })
    pipeline.push(bytesOf(body), (bytes) => whole.push(bytes))
    pipeline.end('eof', (bytes) => whole.push(bytes))
    expect(textOf(byHand)).toBe(textOf(whole))
    expect(textOf(byHand)).not.toBe(body)
  })
})

describe('encode', () => {
  const frame = (raw: string | Uint8Array): Frame => ({ kind: 'comment', filler: false, number: 1, offset: 0, raw })
  const encoded = (frames: readonly Frame[]): Uint8Array[] => {
    const chunks: Uint8Array[] = []
    const stage = encode()
    for (const each of frames) stage.push(each, (bytes) => chunks.push(bytes))
    stage.flush?.((bytes) => chunks.push(bytes))
    return chunks
  }

  it('gives nothing before it is flushed, then one chunk for many frames', () => {
    const stage = encode()
    const chunks: Uint8Array[] = []
    stage.push(frame('data: é\n\n'), (bytes) => chunks.push(bytes))
    stage.push(frame(bytesOf('data: b\n\n')), (bytes) => chunks.push(bytes))
    expect(chunks).toEqual([])
    stage.flush?.((bytes) => chunks.push(bytes))
    expect(chunks.map((chunk) => textOf([chunk]))).toEqual(['data: é\n\ndata: b\n\n'])
    stage.flush?.((bytes) => chunks.push(bytes))
    expect(chunks).toHaveLength(1)
  })

  it('cuts at 16 KiB and nowhere else', () => {
    for (const length of [1, 16_383, 16_384, 16_385, 50_000]) {
      const sizes = encoded([frame('a'.repeat(length - 1)), frame(bytesOf('b'))]).map((chunk) => chunk.length)
      expect(sizes).toHaveLength(Math.ceil(length / 16_384))
      expect(sizes.slice(0, -1).every((size) => size === 16_384)).toBe(true)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(length)
    }
  })

  it('leaves out frames that were cut', () => {
    const frames: Frame[] = []
    const stage = decode()
    stage.push(bytesOf(': a\n\ndata: {"b'), (each) => frames.push(each))
    stage.end('eof', (each) => frames.push(each))
    expect(frames).toHaveLength(2)
    expect(textOf(encoded(frames))).toBe(': a\n\n')
  })

  it('does not pin the chunk that a held frame came in', () => {
    const chunk = bytesOf(`: a\n\ndata: {"b":\n\n: ${'x'.repeat(5000)}\n\n`)
    const frames: Frame[] = []
    const stage = decode()
    stage.push(chunk, (each) => frames.push(each))
    stage.push(bytesOf('data: 1}\n\n'), (each) => frames.push(each))
    const held = frames.find((each) => each.kind === 'event')
    expect(held?.raw).toBe('data: {"b":1}\n\n')
  })
})

describe('limits', () => {
  it('are what the documentation says where nobody says otherwise', () => {
    expect(defaultLimits).toEqual({
      maxFrameBytes: 64 * 1024 * 1024,
      maxHeldBytes: 64 * 1024 * 1024,
      maxHeldFrames: 100_000,
      maxOpenBlocks: 1024,
      maxDepth: 500,
    })
  })

  it.each(Object.keys(defaultLimits) as (keyof Limits)[])(
    '%s must be a positive integer: a RangeError is a caller’s',
    (name) => {
      for (const value of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5' as unknown as number]) {
        expect(() => messages({ limits: { [name]: value } })).toThrow(RangeError)
        expect(() => messages({ limits: { [name]: value } })).toThrow(name)
        expect(() => decode({ limits: { [name]: value } })).toThrow(RangeError)
      }
      expect(() => messages({ limits: { [name]: 1 } })).not.toThrow()
    },
  )
})
