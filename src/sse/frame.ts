/** One SSE block with its place in the upstream stream and what is to be sent on for it. */
export type Frame = EventFrame | CommentFrame

interface Place {
  /** Which frame of the upstream stream this is, counted from 1. Made frames carry the number of the frame that caused them. */
  readonly number: number
  /** Where the frame begins in the upstream body, in bytes. */
  readonly offset: number
  /**
   * What to send on, line ends and blank line included: the original bytes, or the text of a frame that was made or
   * changed (LF, to be encoded as UTF-8).
   */
  readonly raw: Uint8Array | string
}

/** A block that dispatches an event. */
export interface EventFrame extends Place {
  readonly kind: 'event'
  /** The last `event:` field, or undefined where there was none (or an empty one). */
  readonly event: string | undefined
  /** The `data:` lines, joined with LF. */
  readonly data: string
  /** The last event id of the stream as it stands after this frame (`id:` persists), `''` where none was sent. */
  readonly lastEventId: string
  /** What `JSON.parse` made of `data`; undefined where it is not JSON (`[DONE]`, plain text, a cut frame). */
  readonly value: unknown
  /** True where the frame has `event:` and `data:` lines only, so that a changed frame has no other line to keep. */
  readonly plain: boolean
  /** True where the stream ended inside the frame and its data is not whole. It is never sent on. */
  readonly cut: boolean
  /** Set where the body was no event stream and is handed over as one frame (D-12). */
  readonly body: 'json' | 'text' | undefined
}

/** A block that dispatches nothing: comment lines, blank lines, a lone `id:` or `retry:`. */
export interface CommentFrame extends Place {
  readonly kind: 'comment'
  /** True for a blank line between frames, which counts as no frame. */
  readonly filler: boolean
}
