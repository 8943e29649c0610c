import type { Problem } from '@keelson/contract';
import type { Log } from '../../log/log.ts';
import { isLoopback } from '../session/cookie-name.ts';

/** Cognito: its access tokens name no audience, but the client they were given to. */
export interface ClientRules {
  /** Values of `client_id` that are taken; `token_use` must be `access`. */
  readonly clientIds: readonly string[];
  /** Identifier of the resource server: of a scope, exactly `<prefix>/` is taken off. Absent: scopes stay as they are. */
  readonly scopePrefix?: string;
}

/** RFC 9068, Auth0 and others: a token names what it is for. */
export interface AudienceRules {
  /** Values, one of which `aud` must be or hold. */
  readonly audiences: readonly string[];
}

export type TokenRules = ClientRules | AudienceRules;

export type TokenVerifierOptions = TokenRules & {
  /** Issuers whose tokens are taken: URLs, compared with `iss` character by character. */
  readonly issuers: readonly string[];
  /** Issuers and key sets may be reached without TLS on other machines too; for development. @default false */
  readonly insecure?: boolean;
  /** Hears of key sets that cannot be read. @default none */
  readonly log?: Log;
};

/** Names of the places that hold a value, for problems. */
export interface Places {
  readonly issuers: string;
  readonly list: string;
}

/** What of the options cannot be used. */
export function problemsOf(options: TokenVerifierOptions, places: Places): Problem[] {
  const list = 'clientIds' in options ? options.clientIds : options.audiences;
  return [
    ...emptyList(options.issuers, places.issuers, 'Name at least one issuer.'),
    ...options.issuers.flatMap((issuer) => issuerProblem(issuer, options.insecure === true, places.issuers)),
    ...emptyList(list, places.list, 'Name at least one; a token for anybody is refused.'),
  ];
}

function emptyList(list: readonly string[], path: string, hint: string): Problem[] {
  return list.some((entry) => entry !== '') ? [] : [{ path, message: 'is empty.', hint }];
}

function issuerProblem(issuer: string, insecure: boolean, path: string): Problem[] {
  const message = objection(issuer, insecure);
  if (message === undefined) return [];
  const hint = 'Write issuers as their tokens do, separated by commas, e.g. `https://acme.eu.auth0.com/`.';
  return [{ path, message, hint }];
}

function objection(issuer: string, insecure: boolean): string | undefined {
  if (!URL.canParse(issuer)) return 'holds an entry that is not a URL.';
  const url = new URL(issuer);
  if (url.search || url.hash || url.username || url.password) {
    return 'holds an entry with a query, fragment or user name.';
  }
  return isProtected(url, insecure) ? undefined : 'holds an entry that does not start with https://.';
}

/** Whether nobody on the way can exchange what comes from this address. */
export function isProtected(url: URL, insecure: boolean): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && (insecure || isLoopback(url)));
}
