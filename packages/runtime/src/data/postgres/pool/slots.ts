/** A counting semaphore whose waiters give up: what is not free soon is refused, so that callers do not pile up. */
export interface Slots {
  /** Resolves to `true` with a slot, to `false` when none came free in time or too many wait already. */
  take(): Promise<boolean>;
  give(): void;
}

export function createSlots(size: number, waitMillis: number, maxWaiting = size * 10): Slots {
  let free = size;
  const waiting = new Set<(taken: boolean) => void>();

  const wait = () =>
    new Promise<boolean>((resolve) => {
      const settle = (taken: boolean) => {
        clearTimeout(timer);
        waiting.delete(settle);
        resolve(taken);
      };
      const timer = setTimeout(settle, waitMillis, false);
      waiting.add(settle);
    });

  return {
    take: async () => {
      if (free > 0) {
        free--;
        return true;
      }
      return waiting.size < maxWaiting && wait();
    },
    give: () => {
      const [next] = waiting;
      if (next) next(true);
      else free++;
    },
  };
}
