import * as replay from 'sse-conform/replay'

export const subpath: object = replay
