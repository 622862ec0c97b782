import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Noted, Reporter, Where } from '../defects/reporter.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { changedFrame } from '../sse/frames.js'
import type { PlainDelta } from '../sse/plain-delta.js'
import type { Emit, EndReason, Stage } from '../stage/stage.js'
import { contentBeside, errorBeside } from './beside.js'
import { ChunkReader } from './chunk.js'
import { Context } from './context.js'
import { finish } from './finish.js'
import { Flow, plainDelta } from './flow.js'
import { type Meaning, meaningOf } from './intake.js'
import { isNoise, takeNoise } from './noise.js'
import type { ChatOptions } from './options.js'
import { countAfterEnd, fail, failUpstream, guard } from './terminal.js'
import { saysUsage } from './usage.js'
import { chunksOf } from './whole-completion.js'

/**
 * The machine of `/v1/chat/completions`: it reads what the upstream meant (intake), decides what must wait, and has the writer
 * say it as the protocol demands.
 */
export class ChatMachine implements Stage<Frame, Frame> {
  readonly #context: Context
  readonly #reader: ChunkReader
  readonly #flow: Flow
  #over = false
  #last: Where = { number: 0, offset: 0 }

  constructor(options: ChatOptions, reporter: Reporter, plain: PlainDelta = plainDelta()) {
    this.#context = new Context(options, reporter, plain)
    this.#reader = new ChunkReader(this.#context)
    this.#flow = new Flow(this.#context)
  }

  get ended(): boolean {
    return this.#context.writer.ended
  }

  push(frame: Frame, emit: Emit<Frame>): void {
    if (this.#over) return
    const context = this.#context
    const { writer } = context
    writer.bind(emit)
    if (!(frame.kind === 'comment' && frame.filler)) this.#last = frame
    // The next chunk of one text: most of every stream, sent on without further questions.
    if (frame.kind === 'event' && !writer.ended && this.#flow.take(frame)) {
      context.usage.counted = false
      return
    }
    const meaning = meaningOf(frame)
    if (writer.ended) countAfterEnd(context, frame, meaning)
    else this.#take(frame, meaning)
    guard(context, frame)
  }

  end(reason: EndReason, emit: Emit<Frame>): void {
    if (this.#over) return
    this.#over = true
    const context = this.#context
    const { writer } = context
    writer.bind(emit)
    if (reason === 'cancel' || writer.ended) return
    if (reason === 'limit') fail(context, 'limit', this.#last)
    else finish(context, this.#last, reason)
    guard(context, this.#last)
  }

  #take(frame: Frame, meaning: Meaning): void {
    const context = this.#context
    if (frame.kind === 'comment' || isNoise(meaning)) {
      takeNoise(context, frame, meaning)
      return
    }
    switch (meaning) {
      case 'chunk':
        this.#chunk(frame, frame.value as JsonObject)
        return
      case 'null error':
        this.#nullError(frame)
        return
      case 'chunk and error':
        this.#chunkAndError(frame)
        return
      case 'completion':
        this.#wholeCompletion(frame)
        return
      case 'done':
        finish(context, frame, 'eof', frame)
        return
      case 'error':
        failUpstream(context, frame)
        return
      case 'cut':
        return
      case 'not a stream':
        fail(context, 'not-a-stream', frame)
        return
      case 'other protocol':
        fail(context, 'other-protocol', frame, 'chat/foreign-protocol')
        return
      default:
        fail(context, frame.body === undefined ? 'malformed' : 'malformed-body', frame, 'sse/data-malformed-json')
    }
  }

  /**
   * Takes one chunk.
   *
   * @param given the chunk: the value of the frame, or what came in it beside an error or in a whole completion.
   */
  #chunk(frame: EventFrame, given: JsonObject): void {
    const { reporter, writer, envelope, usage, hold } = this.#context
    this.#flow.forget()
    // What came in a frame with other things teaches nothing of the next frame.
    const noted: Noted[] | undefined = given === frame.value ? [] : undefined
    reporter.trace = noted
    let chunk = this.#withChoices(given, frame)
    const choices = Array.isArray(chunk['choices']) ? chunk['choices'] : []
    // The id of a call may be derived from it.
    envelope.meet(given['id'])
    const read = this.#reader.read(choices, frame)
    if (read.choices !== choices) chunk = { ...chunk, choices: read.choices }
    const emptied = isEmptied(given, read.choices)
    chunk = envelope.complete(chunk, frame, read.spare, emptied)
    chunk = usage.take(chunk, read, frame)
    if (frame.event === 'error') reporter.defect('errors/error-frame-shape', 'rewrote', frame, { path: 'event' })
    reporter.trace = undefined
    // A chunk of which nothing is left tells nothing of the one that waits.
    if (emptied || hold.keeps(frame, chunk, read)) return
    hold.proceed(read)
    if (writer.ended || writer.tooDeep || (chunk !== given && writer.tooDeepToWrite(frame))) return
    hold.send(frame, chunk, read)
    const [choice, other] = read.spoke
    const simple = other === undefined && read.prefixed.length === 0 && !hold.waits
    if (noted !== undefined && choice !== undefined && simple && !writer.tooDeep && !writer.ended && read.plain) {
      this.#flow.learn(frame, choice, chunk, noted)
    }
  }

  /** The chunk with a list of choices (B05, B11). */
  #withChoices(given: JsonObject, where: Where): JsonObject {
    const { choices, usage } = given
    // FINDINGS A17: spoken answers have chunks without choices.
    if (Array.isArray(choices) || (this.#context.audio && !('choices' in given))) return given
    const code = saysUsage(usage) ? 'chat/usage-chunk-shape' : 'chat/chunk-envelope'
    this.#context.rewrote(code, where, 'choices', choices, 'array')
    return { ...given, choices: isJsonObject(choices) ? [choices] : [] }
  }

  /** A whole completion where chunks were promised (B12, B17). */
  #wholeCompletion(frame: EventFrame): void {
    const { reporter, writer, request, hold } = this.#context
    reporter.defect('chat/non-stream-body', 'rewrote', frame)
    if (writer.tooDeepToWrite(frame)) return
    // What is wrong with it is told by that one defect.
    reporter.quiet = true
    for (const chunk of chunksOf(frame.value as JsonObject, request.includeUsage === true)) {
      if (!writer.ended) this.#chunk(frame, chunk)
    }
    if (!writer.ended) hold.release()
    reporter.quiet = false
    this.#context.whole = true
  }

  /** A chunk with an error beside its choices: what it says leaves first (D-6). */
  #chunkAndError(frame: EventFrame): void {
    const { writer } = this.#context
    if (writer.tooDeepToWrite(frame)) return
    const value = frame.value as JsonObject
    const content = contentBeside(value)
    if (content !== undefined) this.#chunk(frame, content)
    if (writer.ended) return
    failUpstream(this.#context, changedFrame(frame, { event: undefined, value: errorBeside(value), raw: '' }))
  }

  /** An `error` key that says nothing is removed (D-6, B15). */
  #nullError(frame: EventFrame): void {
    const { writer, reporter } = this.#context
    if (writer.tooDeepToWrite(frame)) return
    reporter.defect('errors/error-null-key', 'rewrote', frame, { path: 'error' })
    const { error: _, ...chunk } = frame.value as JsonObject
    this.#chunk(frame, chunk)
  }
}

/** Whether a chunk has nothing left to say that was not taken out of it. */
function isEmptied({ choices, usage }: JsonObject, left: readonly unknown[]): boolean {
  return left.length === 0 && Array.isArray(choices) && choices.length > 0 && !saysUsage(usage)
}
