import type { SessionStore } from './store.ts';

/**
 * A store of one process, for tests: after a restart every ended session would be alive again.
 * @throws Error when `NODE_ENV` is `production`
 */
export function memorySessions(): SessionStore {
  if (process.env.NODE_ENV === 'production') {
    throw new Error('memorySessions() is for tests; use postgres or set SESSION_TABLE in production.');
  }
  return storeOfOneProcess();
}

/** The same without a look at where it runs: its caller has looked. */
export function storeOfOneProcess(): SessionStore {
  const revoked = new Map<string, { notBefore: Date; expiresAt: Date }>();
  const used = new Map<string, Date>();
  return {
    async revoke(key, notBefore, expiresAt) {
      const before = revoked.get(key);
      if (!before || before.notBefore < notBefore) revoked.set(key, { notBefore, expiresAt });
    },
    async notBefore(keys) {
      return new Map(
        keys.flatMap((key) => {
          const entry = revoked.get(key);
          return entry && entry.expiresAt.getTime() > Date.now() ? [[key, entry.notBefore] as const] : [];
        }),
      );
    },
    async consume(key, expiresAt) {
      const until = used.get(key);
      if (until && until.getTime() > Date.now()) return false;
      used.set(key, expiresAt);
      return true;
    },
  };
}
