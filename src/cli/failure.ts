/** Ends a command with exit code 2 and one clear sentence on stderr: bad usage, or an input that cannot be used. */
export class Failure extends Error {
  override readonly name = 'Failure'
}

/** The message of a system error in words, for the errors that a wrong path or a full disk give. */
export function systemProblem(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  switch (code) {
    case 'ENOENT':
      return 'no such file or folder'
    case 'EACCES':
    case 'EPERM':
      return 'permission denied'
    case 'EISDIR':
      return 'is a directory'
    case 'ENOSPC':
      return 'no space left on the device'
    default:
      return code === undefined ? String(error) : `failed with ${code}`
  }
}
