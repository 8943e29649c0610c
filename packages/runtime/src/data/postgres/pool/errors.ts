import pg from 'pg';
import { KeelsonError } from '../../../errors/index.ts';

/** Connection exceptions, shutting down, starting up, no more connections; a former writer after a failover. */
const lostStates = /^(08...|57P0[1-5]|53...|25006)$/;
const lostCodes = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENET|ENOENT)/;
const lostMessages = /Connection terminated|not queryable|timeout expired|Query read timeout|does not support SSL/;

/** SQLSTATE of an error that a query rejected with, also of one that was translated; `'23505'` is a unique violation. */
export function sqlState(error: unknown): string | undefined {
  if (error instanceof pg.DatabaseError) return error.code;
  return error instanceof KeelsonError && error.cause !== undefined ? sqlState(error.cause) : undefined;
}

/** The connection is gone, or of no more use. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return lostStates.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  return lostCodes.test(codeOf(error)) || lostMessages.test(error.message);
}

/** Whatever stands in the way of a connection: the database cannot be used now. */
export function connectFailure(error: unknown): KeelsonError {
  if (error instanceof KeelsonError) return error;
  const { detail, hint } = explain(error);
  return unavailable(`The database could not be reached: ${detail}`, hint, error);
}

export function exhausted(max: number): KeelsonError {
  return new KeelsonError('DATABASE_UNAVAILABLE', {
    detail: `All ${max} database connections of this process are in use.`,
    hint: 'Look for slow queries and long transactions, or raise `max` in postgres(name, { max }).',
    retryAfter: 1,
  });
}

/**
 * What a query's rejection becomes. Other errors of the database stay what they are, without the parts that repeat values
 * of rows: those would end in the log.
 */
export function queryFailure(error: unknown): unknown {
  if (isConnectionLoss(error))
    return unavailable('The connection to the database was lost.', undefined, withoutValues(error));
  if (!(error instanceof pg.DatabaseError)) return error;
  withoutValues(error);
  switch (error.code) {
    case '57014':
      return unavailable('A query was ended because it took too long.', 'See statementTimeout of postgres().', error);
    case '40001':
    case '40P01':
    case '55P03':
      return new KeelsonError('OVERLOADED', {
        detail: `Two transactions collided: ${error.message}.`,
        cause: error,
        retryAfter: 1,
      });
    default:
      return error;
  }
}

function unavailable(detail: string, hint: string | undefined, cause: unknown): KeelsonError {
  return new KeelsonError('DATABASE_UNAVAILABLE', { detail, cause, retryAfter: 5, ...(hint ? { hint } : {}) });
}

/** `Key (email)=(…) already exists`, `Failing row contains (…)`, `invalid input syntax for type integer: "…"`. */
function withoutValues(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  error.detail = undefined;
  error.where = undefined;
  error.internalQuery = undefined;
  const message = error.code?.startsWith('22') ? error.message.replace(/: ".*$/s, '') : error.message;
  if (message !== error.message) {
    error.stack = error.stack?.replace(error.message, message) ?? '';
    error.message = message;
  }
  return error;
}

function explain(error: unknown): { detail: string; hint?: string } {
  if (!(error instanceof Error)) return { detail: 'unknown reason' };
  const code = codeOf(error);
  if (code.startsWith('28'))
    return { detail: 'it refused the user or password.', hint: 'Check the credentials that the service was given.' };
  if (code === '3D000')
    return { detail: 'there is no such database.', hint: 'Check the name of the database in the address.' };
  if (/CERT|SIGNATURE|ISSUER|ALTNAME/.test(code)) {
    return {
      detail: `its certificate is not trusted (${code}).`,
      hint: 'Name the authority with sslrootcert, and the host as in the certificate.',
    };
  }
  return { detail: code || error.message };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
