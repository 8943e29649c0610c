import type { Boot } from './boot.ts';

/**
 * Runs `attempt` while the service boots, which waits for the first one, and again until it closes.
 * @param pause milliseconds to the next attempt; `undefined` when there is nothing left to ask for
 */
export function repeated(boot: Boot, attempt: () => Promise<void>, pause: () => number | undefined): void {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const schedule = () => {
    const delay = pause();
    if (closed || delay === undefined) return;
    timer = setTimeout(() => void attempt().finally(schedule), delay);
    timer.unref();
  };
  const first = attempt().finally(schedule);
  // Boot may stop for another problem before it waits for this one.
  first.catch(() => {});
  boot.onReady(() => first);
  boot.onClose(async () => {
    closed = true;
    clearTimeout(timer);
  });
}
