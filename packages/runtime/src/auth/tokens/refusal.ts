import { KeelsonError } from '../../errors/index.ts';
import { invalidToken } from '../bearer.ts';

/** Why a token is refused; fixed words for logs and metrics. */
export type RefusalReason =
  | 'too-long'
  | 'malformed'
  | 'algorithm'
  | 'header'
  | 'issuer'
  | 'unknown-key'
  | 'signature'
  | 'expired'
  | 'not-yet-valid'
  | 'claims'
  | 'not-an-access-token'
  | 'audience'
  | 'client';

/** A token that proves nothing: 401, with the challenge of RFC 6750, section 3.1. Holds no part of the token. */
export class InvalidTokenError extends KeelsonError {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super('TOKEN_REQUIRED', {
      detail: `The access token is refused: ${reason}.`,
      headers: { 'www-authenticate': invalidToken },
    });
    this.name = 'InvalidTokenError';
    this.reason = reason;
  }
}

/** The keys of an issuer cannot be had right now: 503. */
export function tokensUnavailable(reason: string, hint?: string): KeelsonError {
  return new KeelsonError('TOKENS_UNAVAILABLE', { detail: reason, retryAfter: 5, ...(hint && { hint }) });
}
