import { owingMilliseconds } from '../stage/drain.js'
import type { ReportingStage } from '../stage/pipeline.js'
import type { Emit, EndReason } from '../stage/stage.js'
import { type Clock, never, within } from './clock.js'
import { silenceWatch } from './comment-lines.js'
import { drain, ignore, letGo } from './drain.js'
import type { GuardrailWatch } from './guardrail-watch.js'
import type { Heartbeat } from './heartbeat.js'
import { explain } from './not-a-stream.js'
import type { CutDeltas } from './pieces.js'
import type { Source } from './source.js'

/** What the body of one response is made with. */
export interface BodyParts {
  readonly stage: ReportingStage<Uint8Array, Uint8Array>
  readonly source: Source
  readonly clock: Clock
  /** The upstream's status, for words about an answer that is no stream. */
  readonly status: number
  readonly signal: AbortSignal | null | undefined
  /** Times in milliseconds; `never` where there is no limit. */
  readonly idle: number
  readonly total: number
  readonly every: number
  readonly heartbeat: Heartbeat | undefined
  /** Cuts what is made of a JSON body. */
  readonly cut: CutDeltas | undefined
  /** Looks for a guardrail's block before any content. */
  readonly watch: GuardrailWatch | undefined
}

type Step = ReadableStreamReadResult<Uint8Array> | 'reset' | 'late'

/**
 * A pull-based stream with no queue of its own: one hop, whose reader sets the pace of the upstream. What the upstream does to
 * it ends in-band; only the signal and a callback that throws error it.
 */
export function conformBody(parts: BodyParts): ReadableStream<Uint8Array> {
  const { stage, source, clock, status, signal, idle, total, every, heartbeat, cut, watch } = parts
  const timed = idle < never || every < never
  const endsSilence = silenceWatch()
  let controller: ReadableStreamDefaultController<Uint8Array>
  /** The read that is under way; it outlives a pull that a heartbeat has served. */
  let reading: Promise<ReadableStreamReadResult<Uint8Array>> | undefined
  let over = false
  let sent = false
  let idleLeft = idle
  /** How much longer a reader waits before it is sent a heartbeat. */
  let beatLeft = every
  /** How much longer the terminal behind an error is waited for, whatever else comes (D-47). */
  let owingLeft = owingMilliseconds
  let totalTimer: unknown

  const settle = () => {
    over = true
    clock.clearTimeout(totalTimer)
    signal?.removeEventListener('abort', abort)
  }
  const fail = (error: unknown) => {
    settle()
    controller.error(error)
    letGo(source, error)
  }
  /** D-11: the reader is told what native `fetch` tells it, and nothing is written. */
  const abort = () => {
    over = true
    try {
      stage.end('cancel', ignore)
      fail(signal?.reason)
    } catch (error) {
      // Nobody could catch what a caller's callback throws inside a listener: it goes where the reader looks.
      fail(error)
    }
  }
  const send = (output: Uint8Array) => {
    sent = true
    beatLeft = every
    heartbeat?.watch(output)
    controller.enqueue(output)
  }
  /** Runs a step and sends on what it gives; what a caller's callback throws errors the stream. */
  const run = (step: (emit: Emit<Uint8Array>) => void, ends = false) => {
    const cuts = source.kind === 'json' ? cut : undefined
    const outputs: Uint8Array[] = []
    const emit = cuts === undefined && !ends ? send : (output: Uint8Array) => void outputs.push(output)
    try {
      step(emit)
      stage.flush?.(emit)
    } catch (error) {
      fail(error)
      return
    }
    if (outputs.length === 0) return
    const explained = ends && stage.report().endState === 'not-a-stream'
    for (const output of cuts?.(outputs) ?? outputs) {
      send(explained ? explain(output, status, source.kind === 'markup') : output)
    }
  }
  /** @param chunk undefined at the end, when what was watched and not whole is let go. */
  const pushTo = (emit: Emit<Uint8Array>, chunk: Uint8Array | undefined) => {
    for (const bytes of watch?.push(chunk) ?? (chunk === undefined ? [] : [chunk])) stage.push(bytes, emit)
  }
  /**
   * Ends the stage and closes the stream behind its last output.
   *
   * @param rest what becomes of a source that has not ended by itself.
   */
  const finish = (reason: EndReason, rest?: (source: Source, clock: Clock) => unknown) => {
    if (over) return
    run((emit) => {
      pushTo(emit, undefined)
      stage.end(reason, emit)
    }, true)
    if (over) return
    settle()
    controller.close()
    rest?.(source, clock)
  }
  const abandon = () => letGo(source)
  const timeOut = () => finish('timeout', abandon)
  const push = (chunk: Uint8Array) => {
    if (idle < never && endsSilence(chunk)) idleLeft = idle
    run((emit) => pushTo(emit, chunk))
    // What begins like a page is none: the rest of it is not waited for.
    if (stage.ended || stage.stopped !== undefined || source.kind === 'markup') finish('eof', drain)
  }
  /** The next chunk, or that a clock ran out first. Clocks run only while a reader waits for the upstream (D-73). */
  const next = async (): Promise<Step> => {
    reading ??= source.read()
    const owing = stage.owing === true
    const wait = Math.min(idleLeft, beatLeft, owing ? owingLeft : never)
    const counts = timed || owing
    const since = counts ? clock.now() : 0
    let step: Step
    try {
      step = await (wait === never ? reading : within(clock, reading, wait))
    } catch {
      step = 'reset'
    }
    const passed = counts ? clock.now() - since : 0
    if (owing) owingLeft = Math.max(owingLeft - passed, 0)
    idleLeft = Math.max(idleLeft - passed, 0)
    beatLeft = Math.max(beatLeft - passed, 0)
    if (step !== 'late') reading = undefined
    return step
  }

  const underlying: UnderlyingDefaultSource<Uint8Array> = {
    start(given) {
      controller = given
      if (total < never) totalTimer = clock.setTimeout(timeOut, total)
      if (signal?.aborted === true) abort()
      else signal?.addEventListener('abort', abort)
    },
    async pull() {
      sent = false
      while (!over && !sent) {
        const step = await next()
        if (over) return
        if (step === 'reset') finish(step)
        else if (step !== 'late') {
          if (step.done) finish('eof')
          else push(step.value)
        }
        // D-47: only the terminal behind an error is owed, and the upstream does not send it.
        else if (stage.owing === true && owingLeft <= 0) finish('eof', abandon)
        else if (idleLeft <= 0) timeOut()
        else if (heartbeat !== undefined && beatLeft <= 0) send(heartbeat.bytes)
      }
    },
    cancel(reason) {
      settle()
      letGo(source, reason)
      stage.end('cancel', ignore)
    },
  }
  return new ReadableStream(underlying, { highWaterMark: 0 })
}
