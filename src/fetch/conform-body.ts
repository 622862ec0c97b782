import { owingMilliseconds } from '../stage/drain.js'
import type { ReportingStage } from '../stage/pipeline.js'
import type { Emit, EndReason } from '../stage/stage.js'
import { type Clock, within } from './clock.js'
import { CommentLines } from './comment-lines.js'
import { drain, ignore, letGo } from './drain.js'
import type { GuardrailWatch } from './guardrail-watch.js'
import type { Heartbeat } from './heartbeat.js'
import { explain } from './not-a-stream.js'
import type { Pieces } from './pieces.js'
import type { Source } from './source.js'

/** What the body of one response is made with. */
export interface BodyParts {
  readonly stage: ReportingStage<Uint8Array, Uint8Array>
  readonly source: Source
  readonly clock: Clock
  /** The upstream's status, for words about an answer that is no stream. */
  readonly status: number
  readonly signal: AbortSignal | undefined
  readonly idle: number | undefined
  readonly total: number | undefined
  readonly heartbeat: { readonly every: number; readonly beat: Heartbeat } | undefined
  /** Cuts what is made of a JSON body. */
  readonly pieces: Pieces | undefined
  /** Looks for a guardrail's block before any content. */
  readonly watch: GuardrailWatch | undefined
}

type Step = ReadableStreamReadResult<Uint8Array> | 'reset' | 'late'

/**
 * A pull-based stream with no queue of its own: one hop, whose reader sets the pace of the upstream. What the upstream does to
 * it ends in-band; only the signal and a callback that throws error it.
 */
export function conformBody(parts: BodyParts): ReadableStream<Uint8Array> {
  return new ReadableStream(new Body(parts), { highWaterMark: 0 })
}

class Body implements UnderlyingDefaultSource<Uint8Array> {
  readonly #parts: BodyParts
  readonly #comments = new CommentLines()
  #controller!: ReadableStreamDefaultController<Uint8Array>
  #watch: GuardrailWatch | undefined
  /** The read that is under way; it outlives a pull that a heartbeat has served. */
  #reading: Promise<ReadableStreamReadResult<Uint8Array>> | undefined
  #over = false
  #sent = false
  #idleLeft: number
  /** How much longer a reader waits before it is sent a heartbeat. */
  #beatLeft: number
  #totalTimer: unknown

  constructor(parts: BodyParts) {
    this.#parts = parts
    this.#watch = parts.watch
    this.#idleLeft = parts.idle ?? Number.POSITIVE_INFINITY
    this.#beatLeft = parts.heartbeat?.every ?? Number.POSITIVE_INFINITY
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller
    const { total, signal, clock } = this.#parts
    if (total !== undefined) this.#totalTimer = clock.setTimeout(() => this.#timeOut(), total)
    if (signal?.aborted === true) this.#aborted()
    else signal?.addEventListener('abort', this.#aborted)
  }

  async pull(): Promise<void> {
    this.#sent = false
    while (!this.#over && !this.#sent) {
      const step = await this.#next()
      if (this.#over) return
      if (step === 'late') this.#late()
      else if (step === 'reset') this.#finish('reset')
      else if (step.done) this.#finish('eof')
      else this.#push(step.value)
    }
  }

  cancel(reason: unknown): void {
    if (this.#over) return
    this.#settle()
    letGo(this.#parts.source, reason)
    this.#parts.stage.end('cancel', ignore)
  }

  /** The next chunk, or that a clock ran out first. Clocks run only while a reader waits for the upstream (D-73). */
  async #next(): Promise<Step> {
    const { source, clock, stage, idle, heartbeat } = this.#parts
    this.#reading ??= source.read()
    const owing = stage.owing === true ? owingMilliseconds : Number.POSITIVE_INFINITY
    const wait = Math.min(this.#idleLeft, this.#beatLeft, owing)
    const timed = idle !== undefined || heartbeat !== undefined
    const since = timed ? clock.now() : 0
    let step: Step
    try {
      step = await (wait === Number.POSITIVE_INFINITY ? this.#reading : within(clock, this.#reading, wait))
    } catch {
      step = 'reset'
    }
    const passed = timed ? clock.now() - since : 0
    this.#idleLeft = Math.max(this.#idleLeft - passed, 0)
    this.#beatLeft = Math.max(this.#beatLeft - passed, 0)
    if (step !== 'late') this.#reading = undefined
    return step
  }

  /** What the clock that ran out first asks for. */
  #late(): void {
    const { stage, heartbeat } = this.#parts
    // D-47: only the terminal behind an error is owed, and the upstream does not send it.
    if (stage.owing === true) this.#finish('eof', 'let go')
    else if (this.#idleLeft <= 0) this.#timeOut()
    else if (heartbeat !== undefined && this.#beatLeft <= 0) this.#send(heartbeat.beat.bytes)
  }

  #push(chunk: Uint8Array): void {
    const { stage, source, idle } = this.#parts
    if (idle !== undefined && this.#comments.endsSilence(chunk)) this.#idleLeft = idle
    // What begins like a page is none of the page's business: the rest is not waited for.
    if (source.kind === 'markup') {
      this.#run((emit) => stage.push(chunk, emit))
      this.#finish('eof', 'drain')
      return
    }
    const { bytes, answer } = this.#watch?.push(chunk) ?? { bytes: chunk }
    if (this.#watch?.settled === true) this.#watch = undefined
    this.#run((emit) => {
      if (bytes.length > 0) stage.push(bytes, emit)
      if (answer !== undefined) stage.push(answer, emit)
    })
    if (!this.#over && (stage.ended || stage.stopped !== undefined)) this.#finish('eof', 'drain')
  }

  /**
   * Ends the stage and closes the stream behind its last output.
   *
   * @param rest what becomes of a source that has not ended by itself.
   */
  #finish(reason: EndReason, rest?: 'drain' | 'let go'): void {
    const { stage, source, clock } = this.#parts
    if (this.#over) return
    const { bytes, answer } = this.#watch?.end() ?? {}
    this.#run((emit) => {
      if (bytes !== undefined && bytes.length > 0) stage.push(bytes, emit)
      if (answer !== undefined) stage.push(answer, emit)
      stage.end(reason, emit)
    }, true)
    if (this.#over) return
    this.#settle()
    this.#controller.close()
    if (rest === 'drain') void drain(source, clock)
    else if (rest === 'let go') letGo(source, new DOMException('The stream is over.', 'AbortError'))
  }

  #timeOut(): void {
    this.#finish('timeout', 'let go')
  }

  /** Runs a step and sends on what it gives; what a caller's callback throws errors the stream. */
  #run(step: (emit: Emit<Uint8Array>) => void, ends = false): void {
    const { stage, source, status, pieces } = this.#parts
    const cut = source.kind === 'json' ? pieces : undefined
    const outputs: Uint8Array[] = []
    const emit = cut === undefined && !ends ? this.#send : (output: Uint8Array) => void outputs.push(output)
    try {
      step(emit)
      stage.flush?.(emit)
    } catch (error) {
      this.#fail(error)
      return
    }
    if (outputs.length === 0) return
    const whole = cut === undefined ? outputs : cut.cut(outputs)
    const explained = ends && stage.report().endState === 'not-a-stream'
    for (const output of whole) this.#send(explained ? explain(output, status, source.kind === 'markup') : output)
  }

  #send = (output: Uint8Array): void => {
    const { heartbeat } = this.#parts
    this.#sent = true
    if (heartbeat !== undefined) this.#beatLeft = heartbeat.every
    heartbeat?.beat.watch(output)
    this.#controller.enqueue(output)
  }

  /** D-11: the reader is told what native `fetch` tells it, and nothing is written. */
  #aborted = (): void => {
    const { signal, stage } = this.#parts
    if (this.#over) return
    this.#over = true
    try {
      stage.end('cancel', ignore)
      this.#fail(signal?.reason)
    } catch (error) {
      // Nobody could catch what a caller's callback throws inside a listener: it goes where the reader looks.
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this.#settle()
    this.#controller.error(error)
    letGo(this.#parts.source, error)
  }

  #settle(): void {
    const { signal, clock } = this.#parts
    this.#over = true
    clock.clearTimeout(this.#totalTimer)
    signal?.removeEventListener('abort', this.#aborted)
  }
}
