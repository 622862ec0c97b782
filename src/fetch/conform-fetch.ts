import { Reporter } from '../defects/reporter.js'
import type { EndState } from '../defects/types.js'
import type { EndReason } from '../stage/stage.js'
import { type OpenCall, openCall } from './call.js'
import { type Clock, never, platformClock, timeoutError, within } from './clock.js'
import { ignore } from './drain.js'
import { conformResponse } from './normalize-response.js'
import {
  type ConformFetchOptions,
  checkOptions,
  type FetchInput,
  type FetchLike,
  type NormalizeResponseOptions,
} from './options.js'
import { type KnownRequest, readRequest } from './request-context.js'
import { contentTypeOf } from './sniff.js'

/**
 * Makes a `fetch` whose answers to stream requests are what their protocol promises.
 *
 * The protocol is told from the path: `…/messages`, `…/responses`, `…/chat/completions`, behind any prefix and with any query. A
 * stream request says `stream: true` in a body that is text; where the body cannot be read, the response's content type decides
 * (D-70). All other requests and responses pass untouched: the same objects.
 *
 * @param options everything may be left out.
 * @returns a function to hand to a client as its `fetch`. It fails as `fetch` does; a timeout before the headers is a
 * `TimeoutError`.
 * @throws RangeError where a limit or a time is none: a caller's mistake. What a callback throws is thrown on.
 * @example
 * const client = new OpenAI({ baseURL, fetch: conformFetch({ onEnd: (report) => log(report.endState) }) })
 */
export function conformFetch<Context = undefined>(options: ConformFetchOptions<Context> = {}): FetchLike {
  checkOptions(options)
  return (input, init) => {
    const request = readRequest(input, init, options.protocol)
    const inner: FetchLike = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
    return request === undefined ? inner(input, init) : conformed(inner, input, init, request, options)
  }
}

async function conformed<Context>(
  inner: FetchLike,
  input: FetchInput,
  init: RequestInit | undefined,
  request: KnownRequest,
  options: ConformFetchOptions<Context>,
): Promise<Response> {
  const { protocol, path, streams, context, resume } = request
  const { clock = platformClock, timeouts } = options
  const own = typeof input === 'object' && 'signal' in input ? input.signal : undefined
  const signal = init?.signal === undefined ? own : init.signal
  const begun = clock.now()
  const opened: NormalizeResponseOptions<Context> = {
    ...options,
    protocol,
    signal,
    request: { ...context, ...options.request },
    ...(resume && { resume }),
    context: options.context?.(input, init),
  }
  const call = openCall(opened, path)
  let response: Response
  try {
    response = await limited(inner, input, init, signal, clock, streams ? timeouts : undefined)
  } catch (error) {
    if (streams) failed(call, opened, signal, error)
    throw error
  }
  if (!streams && !(response.ok && contentTypeOf(response.headers).type === 'text/event-stream')) return response
  const total = timeouts?.total === undefined ? undefined : Math.max(timeouts.total - (clock.now() - begun), 1)
  return conformResponse(response, { ...opened, timeouts: { ...timeouts, total } }, call)
}

/** Fetches, and gives up where the headers take too long. Without such a limit the inner `fetch` is given what came. */
async function limited(
  inner: FetchLike,
  input: FetchInput,
  init: RequestInit | undefined,
  signal: AbortSignal | null | undefined,
  clock: Clock,
  timeouts: ConformFetchOptions['timeouts'],
): Promise<Response> {
  const limit = Math.min(timeouts?.headers ?? never, timeouts?.total ?? never)
  if (limit === never) return inner(input, init)
  const late = new AbortController()
  const either = signal ? AbortSignal.any([signal, late.signal]) : late.signal
  const coming = inner(input, { ...init, signal: either })
  const response = await within(clock, coming, limit)
  if (response !== 'late') return response
  const error = timeoutError('The upstream sent no headers in time.')
  late.abort(error)
  // An inner fetch that does not listen to its signal may answer yet.
  coming.then((response) => response.body?.cancel(error)).catch(ignore)
  throw error
}

/** A call to which no response came is reported too. */
function failed<Context>(
  call: OpenCall,
  options: NormalizeResponseOptions<Context>,
  signal: AbortSignal | null | undefined,
  error: unknown,
): void {
  const timedOut = (error as { readonly name?: unknown } | null)?.name === 'TimeoutError'
  const [state, reason]: [EndState, EndReason] = signal?.aborted
    ? ['cancelled', 'cancel']
    : timedOut
      ? ['timed-out', 'timeout']
      : ['empty', 'reset']
  const reporter = new Reporter(options.protocol)
  reporter.ended(state)
  reporter.over(reason)
  call.hooks.onEnd?.(reporter.report())
}
