/** The local database cannot be used. The message says why and, on a second line, the way out. */
export class LocalPostgresError extends Error {
  constructor(message: string, hint: string, cause?: unknown) {
    super(`${message}\n${hint}`, cause === undefined ? undefined : { cause });
    this.name = 'LocalPostgresError';
  }
}
