/** The exit codes of the command line. */
export const exitCodes = {
  /** The command did what it is for, and found nothing that it fails for. */
  ok: 0,
  /** `check` found something at fault, or `replay` a difference. */
  found: 1,
  /** The command line or an input could not be used. */
  unusable: 2,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** When each command ends with which code; undefined where it never does. The help texts and the README show this table. */
export interface ExitCodeRow {
  readonly command: 'normalize' | 'check' | 'replay' | 'explain'
  readonly 0: string
  readonly 1: string | undefined
  readonly 2: string
}

/** The truth table of the exit codes, one row per command. */
export const exitCodeTable: readonly ExitCodeRow[] = [
  { command: 'normalize', 0: 'always, however much was repaired', 1: undefined, 2: 'usage, unreadable input' },
  {
    command: 'check',
    0: 'no defect (observations never count)',
    1: 'defects; with --http also what was mended around the events',
    2: 'usage, unreadable input',
  },
  {
    command: 'replay',
    0: 'every case came out as expected',
    1: 'a case did not',
    2: 'usage, unreadable or no fixtures',
  },
  { command: 'explain', 0: 'explained', 1: undefined, 2: 'usage, unknown code' },
]
