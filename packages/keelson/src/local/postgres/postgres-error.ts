import { UserError } from '../../user-error.ts';

/** The local database cannot be used: why, and the way out. */
export class LocalPostgresError extends UserError {
  constructor(message: string, hint: string, cause?: unknown) {
    super(message, hint);
    this.name = 'LocalPostgresError';
    this.cause = cause;
  }
}
