import { KeelsonError } from '../../errors/index.ts';

/** Milliseconds after which a store counts as unreachable: a paused Aurora may take 25 s to wake. */
const patience = 26_000;

/**
 * Waits for the session store.
 * @throws KeelsonError `SESSION_STORE_UNAVAILABLE` when it fails or takes too long
 */
export async function askStore<T>(ask: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch (cause) {
    throw new KeelsonError('SESSION_STORE_UNAVAILABLE', {
      detail: 'the session store cannot be reached',
      hint: 'Check the database, or the table named by SESSION_TABLE and the right to read and write it.',
      cause,
      retryAfter: 5,
    });
  } finally {
    clearTimeout(timer);
  }
}
