import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KeelsonError } from '../../errors/index.ts';
import { readCookies, serializeCookie } from '../cookies.ts';
import type { Person } from '../identity.ts';
import { createLru } from '../lru.ts';
import type { CookieNames } from './cookie-name.ts';
import type { Keyring, Keys } from './keyring.ts';
import { seal, unseal } from './sealed.ts';
import { isSession, personOf, type Session, slimmer } from './session.ts';

/** Bytes of a whole `Set-Cookie` value; browsers drop what is longer (RFC 6265bis, section 5.6). */
const maximumBytes = 4096;
/** Same-named cookies that are tried: a planted one of another path must not hide the real one. */
const maximumCandidates = 3;

/** A cookie that was opened. */
export interface OpenedSession {
  readonly session: Session;
  readonly person: Person;
  readonly keys: Keys;
  /** When this process last sent a renewed cookie in place of this one, ms since the epoch. */
  renewedAt: number;
}

export interface SessionCookies {
  /** The session that the request's cookie holds, whatever its age; `null` without one that can be opened. Never throws for what a client sent. */
  open(request: FastifyRequest): OpenedSession | null | Promise<OpenedSession | null>;
  /** Puts the session into a cookie on the answer, without parts of the profile if it would not fit. */
  write(reply: FastifyReply, session: Session): Promise<void>;
  clear(reply: FastifyReply): void;
}

/** `names` gives `null` while the service does not know its own address: there are no sessions then. */
export function createSessionCookies(keyring: Keyring, names: () => CookieNames | null): SessionCookies {
  const opened = createLru<OpenedSession>(5_000);

  function openOne(sealed: string, keys: Keys): OpenedSession | null | Promise<OpenedSession | null> {
    if (sealed.length > maximumBytes) return null;
    const digest = createHash('sha256').update(sealed).digest('base64');
    const known = opened.get(digest);
    if (known?.keys === keys) return known;
    return unseal(sealed, 'session', keys).then((session) => {
      if (!isSession(session)) return null;
      const entry = { session, person: personOf(session), keys, renewedAt: 0 };
      opened.set(digest, entry);
      return entry;
    });
  }

  return {
    open(request) {
      const { cookie } = request.headers;
      const at = cookie === undefined ? null : names();
      if (!at) return null;
      const [only, ...others] = readCookies(cookie, at.names.session).slice(0, maximumCandidates);
      if (only === undefined) return null;
      const keys = keyring.keys('session');
      if (others.length === 0) return openOne(only, keys);
      return Promise.all([only, ...others].map(async (sealed) => openOne(sealed, keys))).then(theOnlyOne);
    },
    async write(reply, session) {
      const at = names();
      if (!at) throw new KeelsonError('LOGIN_UNAVAILABLE', { detail: 'PUBLIC_URL is not known yet' });
      for (const candidate of slimmer(session)) {
        const sealed = await seal(candidate, 'session', keyring.keys('session'));
        const cookie = serializeCookie(at.names.session, sealed, at);
        if (cookie.length <= maximumBytes) return void reply.header('set-cookie', cookie);
      }
      throw new KeelsonError('LOGIN_REJECTED', {
        detail: 'the session does not fit into a cookie, even without a profile',
        hint: 'The person has too many roles or groups: let the provider send fewer, or reduce them in `onSignIn`.',
      });
    },
    clear(reply) {
      const at = names();
      if (at) reply.header('set-cookie', serializeCookie(at.names.session, '', { ...at, maxAge: 0 }));
    },
  };
}

/** Two cookies that can both be opened are an attempt to have somebody act in another's session: neither counts. */
function theOnlyOne(candidates: readonly (OpenedSession | null)[]): OpenedSession | null {
  const sids = new Map(candidates.flatMap((found) => (found ? [[found.session.sid, found] as const] : [])));
  const [first, ...more] = sids.values();
  return first && more.length === 0 ? first : null;
}
