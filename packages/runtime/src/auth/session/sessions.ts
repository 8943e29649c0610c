import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '../identity.ts';
import { type Revocations, sessionKey } from './revocations.ts';
import type { Session } from './session.ts';
import type { OpenedSession, SessionCookies } from './session-cookies.ts';

export interface SessionLifetime {
  /** Seconds without a request after which the session is over. @default 28800 (8 hours) */
  readonly idleTimeout: number;
  /** Seconds after the sign-in when the session is over in any case. @default 86400 (24 hours) */
  readonly absoluteTimeout: number;
}

/** Who signed in, as the provider told it. */
export interface SignedIn extends Omit<Person, 'kind' | 'sid'> {
  /** The provider's own session id. */
  readonly providerSid?: string;
}

export interface Sessions {
  /** The session of a request, if it is alive; renews its cookie now and then. */
  find(request: FastifyRequest, reply: FastifyReply): Person | null | Promise<Person | null>;
  /** Begins a session with an id of its own, whatever cookie the request carried. */
  start(reply: FastifyReply, who: SignedIn): Promise<Person>;
  /**
   * Ends a session everywhere: written to the store first, then the cookie is cleared.
   * @throws KeelsonError `SESSION_STORE_UNAVAILABLE`; the person is then still signed in
   */
  end(reply: FastifyReply, person: Person): Promise<void>;
  /** Ends every session under a key that began until now; see `sessionKey` and `subjectKey`. */
  revoke(key: string): Promise<void>;
  clearCookie(reply: FastifyReply): void;
}

/** Milliseconds between two renewals of a cookie; less when the idle timeout is short. */
const longestRenewal = 5 * 60_000;

export function createSessions(cookies: SessionCookies, revocations: Revocations, lifetime: SessionLifetime): Sessions {
  const idle = lifetime.idleTimeout * 1_000;
  const absolute = lifetime.absoluteTimeout * 1_000;
  const renewal = Math.min(longestRenewal, idle / 4);

  function isOver({ iat, at }: Session): boolean {
    const now = Date.now();
    return now - iat >= absolute || now - at >= idle;
  }

  function settle(found: OpenedSession | null, reply: FastifyReply): Person | null | Promise<Person | null> {
    if (!found || isOver(found.session)) return null;
    const revoked = revocations.isRevoked(found.session);
    if (typeof revoked === 'boolean') return revoked ? null : keep(found, reply);
    return revoked.then((isRevoked) => (isRevoked ? null : keep(found, reply)));
  }

  function keep(found: OpenedSession, reply: FastifyReply): Person | Promise<Person> {
    const now = Date.now();
    if (now - Math.max(found.session.at, found.renewedAt) < renewal) return found.person;
    found.renewedAt = now;
    return cookies.write(reply, { ...found.session, at: now }).then(() => found.person);
  }

  const revoke = (key: string): Promise<void> => revocations.revoke(key, new Date(Date.now() + absolute));

  return {
    find(request, reply) {
      const found = cookies.open(request);
      return found instanceof Promise ? found.then((opened) => settle(opened, reply)) : settle(found, reply);
    },
    async start(reply, who) {
      const sid = randomBytes(16).toString('base64url');
      const { providerSid, ...profile } = who;
      await cookies.write(reply, sessionOf(profile, sid, providerSid));
      return Object.freeze({ kind: 'person', ...profile, sid });
    },
    async end(reply, person) {
      await revoke(sessionKey(person.iss, person.sid));
      cookies.clear(reply);
    },
    revoke,
    clearCookie: (reply) => cookies.clear(reply),
  };
}

function sessionOf(who: Omit<SignedIn, 'providerSid'>, sid: string, psid: string | undefined): Session {
  const now = Date.now();
  return {
    iss: who.iss,
    sub: who.sub,
    sid,
    ...(psid !== undefined && { psid }),
    iat: now,
    at: now,
    ...(who.email !== undefined && { email: who.email }),
    ...(who.emailVerified !== undefined && { ev: who.emailVerified }),
    ...(who.name !== undefined && { name: who.name }),
    ...(who.picture !== undefined && { pic: who.picture }),
    ...(who.roles !== undefined && { roles: [...who.roles] }),
  };
}
