import { KeelsonError } from '../../errors/index.ts';

/** The sign-in is refused, for good: 400. `reason` goes to the log; it must not hold a token, a code or a claim's value. */
export function rejected(reason: string): KeelsonError {
  return new KeelsonError('LOGIN_REJECTED', { detail: reason });
}

/** The sign-in cannot be done right now: 503. */
export function unavailable(reason: string, hint?: string): KeelsonError {
  return new KeelsonError('LOGIN_UNAVAILABLE', { detail: reason, retryAfter: 5, ...(hint && { hint }) });
}

/**
 * What a library's error says, without what it carries: causes of OpenID errors hold tokens, codes and claims.
 * Messages and codes are fixed texts of the libraries.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `${error.name}: ${error.message.slice(0, 200)}${code}${claimOf(error)}`;
}

/** Name of the claim or member that was compared, where the library tells it. */
function claimOf(error: Error): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const details: unknown = cause.cause;
    if (typeof details !== 'object' || details === null || details instanceof Error) continue;
    if ('claim' in details && typeof details.claim === 'string') return `: claim ${details.claim}`;
    if ('attribute' in details && typeof details.attribute === 'string') return `: ${details.attribute}`;
  }
  return '';
}
