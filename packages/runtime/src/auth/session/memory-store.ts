import type { Env } from '../../config/boot.ts';
import type { SessionStore } from './store.ts';

/**
 * A store of one process, for tests: after a restart every ended session would be alive again.
 * @throws Error when `NODE_ENV` is `production`, and on Lambda and ECS
 */
export function memorySessions(): SessionStore {
  if (process.env.NODE_ENV === 'production' || isOneOfMany(process.env)) {
    throw new Error('memorySessions() is for tests; use postgres or set SESSION_TABLE in production.');
  }
  return storeOfOneProcess();
}

/**
 * Whether this is a process on Lambda or ECS, which has others beside it, whatever else its environment says.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html
 */
export function isOneOfMany(env: Env): boolean {
  return Boolean(env['AWS_LAMBDA_FUNCTION_NAME'] || env['ECS_CONTAINER_METADATA_URI_V4']);
}

/** The same without a look at where it runs: its caller has looked. What has expired is dropped as more comes. */
export function storeOfOneProcess(): SessionStore {
  const revoked = createExpiring<{ readonly notBefore: Date; readonly expiresAt: Date }>();
  const used = createExpiring<{ readonly expiresAt: Date }>();
  return {
    async revoke(key, notBefore, expiresAt) {
      const before = revoked.get(key);
      if (!before || before.notBefore < notBefore) revoked.set(key, { notBefore, expiresAt });
    },
    async notBefore(keys) {
      return new Map(
        keys.flatMap((key) => {
          const entry = revoked.get(key);
          return entry ? [[key, entry.notBefore] as const] : [];
        }),
      );
    },
    async consume(key, expiresAt) {
      if (used.get(key)) return false;
      used.set(key, { expiresAt });
      return true;
    },
  };
}

/** Entries below which nobody looks for expired ones. */
const fewEntries = 1_000;

function createExpiring<T extends { readonly expiresAt: Date }>() {
  const entries = new Map<string, T>();
  let limit = fewEntries;
  const isAlive = ({ expiresAt }: T) => expiresAt.getTime() > Date.now();
  return {
    get(key: string): T | undefined {
      const entry = entries.get(key);
      return entry && isAlive(entry) ? entry : undefined;
    },
    set(key: string, entry: T): void {
      entries.set(key, entry);
      if (entries.size <= limit) return;
      for (const [each, value] of entries) if (!isAlive(value)) entries.delete(each);
      // Twice what is left: each entry is looked at a few times at most, however many there are.
      limit = Math.max(fewEntries, entries.size * 2);
    },
  };
}
