/** Where a shell takes its time from. Tests inject one; left out, it is the platform's. */
export interface Clock {
  /** Milliseconds on any scale that only goes forward. */
  now(): number
  setTimeout(callback: () => void, milliseconds: number): unknown
  clearTimeout(timer: unknown): void
}

/** The platform's clock. A timer of it alone keeps no process alive. */
export const platformClock: Clock = {
  now: () => performance.now(),
  setTimeout(callback, milliseconds) {
    const timer: unknown = setTimeout(callback, milliseconds)
    ;(timer as { unref?: () => void }).unref?.()
    return timer
  },
  clearTimeout: (timer) => clearTimeout(timer as number),
}

/** The time of what is off. */
export const never: number = Number.POSITIVE_INFINITY

/** What a promise gives, or `'late'` where that takes longer. */
export function within<Value>(clock: Clock, coming: Promise<Value>, milliseconds: number): Promise<Value | 'late'> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => resolve('late'), milliseconds)
    coming.then(resolve, reject).finally(() => clock.clearTimeout(timer))
  })
}

/** The failure that native `AbortSignal.timeout` gives, by whose name clients know a timeout. */
export function timeoutError(message: string): DOMException {
  return new DOMException(message, 'TimeoutError')
}
