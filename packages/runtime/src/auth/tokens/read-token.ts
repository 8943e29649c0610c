import { isUtf8 } from 'node:buffer';
import { signatureAlgorithms } from '../keys/algorithms.ts';
import { isCompactForm } from '../keys/compact-form.ts';
import { InvalidTokenError } from './refusal.ts';

/** Characters of a token; longer ones are refused unread. */
export const longestToken = 8 * 1024;
const longestKeyId = 256;

const algorithms = new Set(signatureAlgorithms);
/** RFC 9068 says `at+jwt`; issuers from before it say `JWT` or nothing. */
const types = new Set(['jwt', 'at+jwt', 'application/at+jwt']);
/** Ways to bring one's own key, which nobody here follows. */
const foreignKeys = ['jwk', 'jku', 'x5u'];

export interface ReadToken {
  /** The header names RFC 9068's type. */
  readonly isAccessTokenType: boolean;
  /** Who says to have signed it: decides whose keys are tried, and is proven by them. */
  readonly iss: string;
}

/**
 * Reads what a token says of itself and refuses what no key could make acceptable, before anything is fetched or computed.
 * @throws InvalidTokenError
 */
export function readToken(token: string): ReadToken {
  if (token.length > longestToken) throw new InvalidTokenError('too-long');
  if (!isCompactForm(token)) throw new InvalidTokenError('malformed');
  const [header = '', payload = ''] = token.split('.');
  const type = checkHeader(readObject(header));
  const { iss } = readObject(payload);
  if (typeof iss !== 'string') throw new InvalidTokenError('issuer');
  return { isAccessTokenType: type !== 'jwt' && type !== undefined, iss };
}

function checkHeader({ alg, kid, typ, crit, ...others }: Record<string, unknown>): string | undefined {
  if (typeof alg !== 'string' || !algorithms.has(alg)) throw new InvalidTokenError('algorithm');
  // No extension is understood here (RFC 7515, section 4.1.11).
  if (crit !== undefined || foreignKeys.some((name) => name in others)) throw new InvalidTokenError('header');
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > longestKeyId)) {
    throw new InvalidTokenError('unknown-key');
  }
  if (typ === undefined) return undefined;
  const type = typeof typ === 'string' ? typ.toLowerCase() : '';
  if (!types.has(type)) throw new InvalidTokenError('not-an-access-token');
  return type;
}

function readObject(part: string): Record<string, unknown> {
  const bytes = Buffer.from(part, 'base64url');
  if (!isUtf8(bytes)) throw new InvalidTokenError('malformed');
  const value = parse(bytes.toString('utf8'));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new InvalidTokenError('malformed');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidTokenError('malformed');
  }
}
