import type { JSONWebKeySet } from 'jose';
import { KeelsonError } from '../../errors/index.ts';
import type { Log } from '../../log/log.ts';
import { boundedFetch } from '../keys/bounded-fetch.ts';
import { createKeySet, type KeySet } from '../keys/key-set.ts';
import { isProtected } from './options.ts';
import { tokensUnavailable } from './refusal.ts';

/** Milliseconds that one request may wait for keys. */
const patience = 4_000;
/** Milliseconds between attempts while an issuer's keys were never read. */
const pauseWithoutKeys = 1_000;

export interface IssuerKeysOptions {
  readonly issuer: string;
  /** Where the keys are looked for first; the other place is tried when there is nothing (404). */
  readonly first: 'well-known' | 'discovery';
  readonly insecure: boolean;
  readonly log: Log | undefined;
}

/** Time that one verification has. */
export function deadline(): AbortSignal {
  return AbortSignal.timeout(patience);
}

/** The keys of an issuer, from where it says they are. */
export function createIssuerKeys({ issuer, first, insecure, log }: IssuerKeysOptions): KeySet {
  const source = new URL(issuer).host;
  const places = first === 'well-known' ? [fromWellKnown, fromDiscovery] : [fromDiscovery, fromWellKnown];
  return createKeySet({
    unavailable: (reason) => tokensUnavailable(`${source}: ${reason}`),
    pauseWithoutKeys,
    read: async () => {
      const signal = deadline();
      for (const place of places) {
        const keys = await place(issuer, insecure, signal);
        if (keys !== undefined) return keys;
      }
      throw tokensUnavailable(`${source} has neither a key set nor a discovery document`, 'Check TOKEN_ISSUER.');
    },
    onFailure: (error, known) => {
      const kept = known ? 'the known ones stay in use' : 'tokens are answered 503';
      const fields = error instanceof KeelsonError ? { reason: error.message, hint: error.hint } : { err: error };
      log?.warn({ event: 'key-set-unavailable', issuer, ...fields }, `Keys could not be read; ${kept}`);
    },
  });
}

/** Cognito's place, and that of many others. `undefined`: there is none. */
async function fromWellKnown(issuer: string, insecure: boolean, signal: AbortSignal) {
  return readKeys(below(issuer, '/.well-known/jwks.json'), insecure, signal);
}

/** OpenID Connect Discovery 1.0, section 4. `undefined`: the issuer has no such document. */
async function fromDiscovery(issuer: string, insecure: boolean, signal: AbortSignal) {
  const url = below(issuer, '/.well-known/openid-configuration');
  const found = await readJson(url, insecure, signal);
  if (found === undefined) return undefined;
  const { issuer: named, jwks_uri: address } = found;
  if (named !== issuer) {
    const hint = 'Check TOKEN_ISSUER; it must be what the issuer calls itself, a slash at the end included.';
    throw tokensUnavailable(`${new URL(url).host} calls itself another issuer`, hint);
  }
  if (typeof address !== 'string' || !URL.canParse(address)) {
    throw tokensUnavailable(`${new URL(url).host} names no jwks_uri`);
  }
  const keys = await readKeys(address, insecure, signal);
  if (keys === undefined) throw tokensUnavailable(`there is no key set at the jwks_uri of ${new URL(url).host}`);
  return keys;
}

function below(issuer: string, path: string): string {
  return issuer.replace(/\/$/, '') + path;
}

async function readKeys(url: string, insecure: boolean, signal: AbortSignal): Promise<JSONWebKeySet | undefined> {
  const found = await readJson(url, insecure, signal);
  // The key set itself checks the rest.
  return found as JSONWebKeySet | undefined;
}

async function readJson(
  url: string,
  insecure: boolean,
  signal: AbortSignal,
): Promise<Record<string, unknown> | undefined> {
  const { host } = new URL(url);
  if (!isProtected(new URL(url), insecure)) throw tokensUnavailable(`the address at ${host} is not https`);
  const response = await boundedFetch(url, { headers: { accept: 'application/json' }, signal }).catch(
    (error: Error) => {
      throw tokensUnavailable(`${host} cannot be reached: ${error.message}`, 'Check TOKEN_ISSUER and the network.');
    },
  );
  if (response.status === 404) return undefined;
  if (response.status !== 200) throw tokensUnavailable(`${host} answered ${response.status}`);
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw tokensUnavailable(`${host} did not answer with a JSON object`);
}
