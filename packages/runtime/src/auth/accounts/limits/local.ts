import type { LimitStore } from './limiter.ts';

const capacity = 50_000;

interface Counter {
  count: number;
  /** Milliseconds since the epoch. */
  readonly resetsAt: number;
}

/** Counts in this process alone. */
export function localLimits(now: () => number = Date.now): LimitStore {
  const counters = new Map<string, Counter>();
  return {
    take: async (key, window) => {
      const known = counters.get(key);
      const counter = known && known.resetsAt > now() ? known : { count: 0, resetsAt: now() + window * 1000 };
      counter.count++;
      counters.delete(key);
      counters.set(key, counter);
      if (counters.size > capacity) forgetOldest(counters);
      return { count: counter.count, wait: Math.ceil((counter.resetsAt - now()) / 1000) };
    },
    giveBack: async (key) => {
      const counter = counters.get(key);
      if (counter && counter.count > 0) counter.count--;
    },
  };
}

function forgetOldest(counters: Map<string, Counter>): void {
  for (const key of counters.keys()) return void counters.delete(key);
}
