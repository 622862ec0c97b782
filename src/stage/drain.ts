/** How much a shell still takes from the source after the terminal, so that the connection can be used again. */
export const drainBytes: number = 64 * 1024

/** How long a shell waits for a terminal that is owed, in milliseconds (D-47). */
export const owingMilliseconds: number = 1000

/** How long a shell waits for the source to end after the terminal, in milliseconds. */
export const drainMilliseconds: number = 1000
