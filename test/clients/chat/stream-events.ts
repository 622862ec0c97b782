/** The parsed JSON of one event of a stream, as far as the harness looks at it. */
export interface StreamEvent {
  readonly id?: string
  readonly error?: { readonly message?: string }
  readonly choices?: readonly Choice[]
}

/** One choice of a chunk, as far as the harness looks at it. */
interface Choice {
  readonly index: number
  readonly finish_reason?: string | null
  readonly delta?: Delta
}

/** A delta, as far as the harness and its plain loop read it; the reasoning fields are no part of what OpenAI declares. */
export interface Delta {
  readonly content?: string | null
  readonly refusal?: string | null
  readonly reasoning_content?: string | null
  readonly reasoning?: string | null
  readonly audio?: unknown
  readonly tool_calls?: readonly ToolCallDelta[] | null
}

interface ToolCallDelta {
  readonly index: number
  readonly id?: string
  readonly type?: string
  readonly function?: { readonly name?: string; readonly arguments?: string }
  readonly custom?: { readonly name?: string; readonly input?: string }
}

/** A tool call put together from its deltas. */
export interface SentCall {
  readonly id: string | undefined
  readonly name: string
  /** As it was sent: JSON, or free text where the tool takes that. */
  readonly arguments: string
  readonly custom: boolean
}

/** One choice, put together by index as the protocol says. */
export interface SentChoice {
  text: string
  refusal: string
  thinking: string
  finishReason?: string
  readonly calls: Map<number, SentCall>
}

/** What has come so far, by the index of the choice: the plain loop, and what it is measured by. */
export class SentChoices {
  readonly #choices = new Map<number, SentChoice>()

  add({ choices = [] }: StreamEvent): void {
    choices.forEach(({ index, delta, finish_reason: finishReason }) => {
      const none: SentChoice = { text: '', refusal: '', thinking: '', calls: new Map() }
      const choice = this.#choices.get(index) ?? none
      this.#choices.set(index, choice)
      choice.text += delta?.content ?? ''
      choice.refusal += delta?.refusal ?? ''
      choice.thinking += delta?.reasoning_content ?? delta?.reasoning ?? ''
      for (const call of delta?.tool_calls ?? []) addCall(choice.calls, call)
      if (finishReason != null) choice.finishReason = finishReason
    })
  }

  /** The same for a listener, whose faults would count as those of the client: what is no chunk is passed over. */
  watch(event: StreamEvent): void {
    try {
      this.add(event)
    } catch {}
  }

  /** In order of their index. */
  get inOrder(): readonly SentChoice[] {
    return inOrder(this.#choices)
  }
}

/** The documented way: the first delta of an index opens a call, and the arguments of the later ones are appended. */
function addCall(calls: SentChoice['calls'], { index, id, type, function: called, custom }: ToolCallDelta): void {
  const open = calls.get(index)
  calls.set(index, {
    id: open === undefined ? id : open.id,
    name: open?.name ?? called?.name ?? custom?.name ?? '',
    arguments: (open?.arguments ?? '') + (called?.arguments ?? custom?.input ?? ''),
    custom: open?.custom ?? type === 'custom',
  })
}

const inOrder = <Value>(map: ReadonlyMap<number, Value>) =>
  [...map].sort(([one], [other]) => one - other).map(([, value]) => value)

/** The choices of a whole stream, in order of their index. */
export function choicesOf(events: readonly StreamEvent[]): readonly SentChoice[] {
  const choices = new SentChoices()
  for (const event of events) choices.add(event)
  return choices.inOrder
}

/** The calls of a choice, in order of their index. */
export const callsOf = ({ calls }: SentChoice): readonly SentCall[] => inOrder(calls)

/** Whether a stream ended in the protocol's error. */
export const hasFailed = (events: readonly StreamEvent[]) => events.some(({ error }) => error !== undefined)

/** Whether one delta at least is so. */
export const hasDelta = (events: readonly StreamEvent[], is: (delta: Delta) => boolean) =>
  events.some(({ choices = [] }) => choices.some(({ delta }) => delta !== undefined && is(delta)))

/** The reason with which the first choice ended; undefined where it did not, or where the stream failed. */
export function finishReasonOf(events: readonly StreamEvent[]): string | undefined {
  return hasFailed(events) ? undefined : choicesOf(events)[0]?.finishReason
}
