/** One tool call as a client hands it to the program that uses it. */
export interface ToolCall {
  readonly id?: string
  readonly name: string
  /** The parsed arguments; a string where the client could not parse them and passes them on as they are. */
  readonly input: unknown
}

/** What the program behind a client gets to see of one stream. */
export interface Outcome {
  /**
   * `success`: the client says that the answer is whole; `error`: it throws or shows an error; `silent-truncation`: it
   * stops, and nothing tells that something is missing.
   */
  readonly ended: 'success' | 'error' | 'silent-truncation'
  readonly text: string
  readonly thinking: string
  /** The summary of the thinking, where a protocol has that apart. */
  readonly summary?: string
  /** What the model says in the place of an answer, where a protocol has that apart. */
  readonly refusal?: string
  readonly tools: readonly ToolCall[]
  readonly stopReason?: string
  /** The message of the error that ended it. */
  readonly error?: string
  /** Errors shown on the way, where a client has such a channel (the AI SDK's `error` parts). */
  readonly errorParts: readonly string[]
  /** How often the client sent the request, where it decides that by itself. */
  readonly requests?: number
}

/** A real client of the protocol, driven as its documentation shows. */
export interface Client {
  readonly name: string
  readonly version: string
  /** Sends one request to `baseURL`, declaring these tools, and never rejects: what is thrown is part of the outcome. */
  run(baseURL: string, tools: readonly string[]): Promise<Outcome>
  /** Gives back what it holds beyond one request. */
  close?(): Promise<void>
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : typeof error === 'string' ? error : JSON.stringify(error)
}

/** The value of a JSON text, or the text where it is no JSON. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}

/** A tool call without the fields that a client adds of its own. */
export function toolCall(id: string | undefined, name: string, input: unknown): ToolCall {
  return { ...(id !== undefined && { id }), name, input }
}
