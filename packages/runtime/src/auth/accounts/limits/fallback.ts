import type { Log } from '../../../log/log.ts';
import type { LimitStore } from './limiter.ts';

/** Milliseconds after which the shared store counts as down. */
const patience = 2_000;
/** Milliseconds in which it is then not asked again. */
const pause = 5_000;

/** The shared store; while that is down the process's own, and a line in the log that an alarm can watch for. */
export function withFallback(shared: LimitStore, local: LimitStore, log: Log): LimitStore {
  let downUntil = 0;
  const ask = async <T>(of: (store: LimitStore) => Promise<T>): Promise<T> => {
    if (Date.now() < downUntil) return of(local);
    try {
      return await inTime(of(shared));
    } catch (error) {
      downUntil = Date.now() + pause;
      const reason = error instanceof Error ? error.message : 'unknown';
      log.error({ event: 'limiter-store-down', reason }, 'Rate limits are kept by this process alone');
      return of(local);
    }
  };
  return {
    take: (key, window) => ask((store) => store.take(key, window)),
    giveBack: (key) => ask((store) => store.giveBack(key)),
  };
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
