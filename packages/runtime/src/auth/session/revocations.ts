import { createLru } from '../lru.ts';
import type { Session } from './session.ts';
import type { SessionStore } from './store.ts';
import { askStore } from './store-access.ts';

/** Milliseconds for which "not revoked" is believed; with the time a query takes it stays under 30 s. */
const freshness = 25_000;
const capacity = 20_000;

/** Which sessions were ended before their time, here or in another process. */
export interface Revocations {
  /**
   * A plain boolean when this process knows, so that the usual request waits for nothing.
   * @throws KeelsonError `SESSION_STORE_UNAVAILABLE` when nothing fresh is known and the store does not answer
   */
  isRevoked(session: Session): boolean | Promise<boolean>;
  /** Ends everything under `key` that began until now. Holds in this process as soon as the store has it. */
  revoke(key: string, until: Date): Promise<void>;
}

/** Key of one session: ours, or the provider's session id. */
export const sessionKey = (iss: string, sid: string): string => `${iss}|${sid}`;
/** Key of all sessions of one person. */
export const subjectKey = (iss: string, sub: string): string => `${iss}|${sub}`;

/** Key of those sessions of a person that the provider gave no id of its own. */
export const unnamedKey = (iss: string, sub: string): string => `${iss}|${sub}|`;

export function createRevocations(store: SessionStore): Revocations {
  const verdicts = createLru<{ readonly revoked: boolean; readonly askedAt: number }>(capacity);
  const local = createLru<number>(capacity);
  const asking = new Map<string, Promise<boolean>>();

  function isRevokedHere(session: Session): boolean {
    return keysOf(session).some((key) => covers(local.get(key), session, key));
  }

  async function ask(session: Session, own: string): Promise<boolean> {
    const askedAt = Date.now();
    const found = await askStore(() => store.notBefore(keysOf(session)));
    const revoked = keysOf(session).some((key) => covers(found.get(key)?.getTime(), session, key));
    verdicts.set(own, { revoked, askedAt });
    // A logout of this process may have been written while the store was answering.
    return revoked || isRevokedHere(session);
  }

  return {
    isRevoked(session) {
      if (isRevokedHere(session)) return true;
      const own = sessionKey(session.iss, session.sid);
      const known = verdicts.get(own);
      if (known && (known.revoked || isFresh(known.askedAt))) return known.revoked;
      const running = asking.get(own);
      if (running) return running;
      const question = ask(session, own).finally(() => asking.delete(own));
      asking.set(own, question);
      return question;
    },
    async revoke(key, until) {
      const now = new Date();
      await askStore(() => store.revoke(key, now, until));
      local.set(key, now.getTime());
    },
  };
}

function isFresh(askedAt: number): boolean {
  const age = Date.now() - askedAt;
  return age >= 0 && age < freshness;
}

function keysOf(session: Session): string[] {
  const { iss, sub, sid, psid } = session;
  return [
    sessionKey(iss, sid),
    subjectKey(iss, sub),
    psid === undefined ? unnamedKey(iss, sub) : sessionKey(iss, psid),
  ];
}

function covers(notBefore: number | undefined, session: Session, key: string): boolean {
  if (notBefore === undefined) return false;
  // Our own session id is never used twice, so its record ends it whatever the clocks of two processes say.
  return key === sessionKey(session.iss, session.sid) || session.iat <= notBefore;
}
