/** The database could not be brought to the newest migration; it is as it was before. */
export class MigrationError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'MigrationError';
    this.hint = hint;
  }
}
