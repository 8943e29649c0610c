const firstPause = 5;
const longestPause = 500;

export interface Commits {
  /** Calls back once the transaction is over, whichever way. */
  await(transaction: string): void;
  stop(): void;
}

/**
 * Waits for transactions that somebody else ends. PostgreSQL says how a transaction stands, but tells no one when it ends;
 * most end within milliseconds, so one question at a time is asked, ever more slowly.
 */
export function watchCommits(
  ended: (transactions: readonly string[]) => Promise<readonly string[]>,
  over: () => void,
): Commits {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let pause = firstPause;

  const ask = async () => {
    // A database that is away has ended the transactions too; the outbox is looked at when it is back.
    const done = await ended([...waiting]).catch(() => [...waiting]);
    for (const transaction of done) waiting.delete(transaction);
    if (done.length > 0) over();
    pause = Math.min(pause * 2, longestPause);
    timer = undefined;
    schedule();
  };
  const schedule = () => {
    if (waiting.size === 0 || timer) return;
    timer = setTimeout(() => void ask(), pause).unref();
  };
  return {
    await: (transaction) => {
      waiting.add(transaction);
      pause = firstPause;
      schedule();
    },
    stop: () => {
      waiting.clear();
      clearTimeout(timer);
    },
  };
}
