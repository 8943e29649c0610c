import type { Io } from '../io.ts';

export interface Stopping {
  /** Aborted when the user asks to stop. */
  readonly signal: AbortSignal;
  /** Resolves when the user asks again and means it. */
  readonly forced: Promise<void>;
  dispose(): void;
}

/** npm passes on the signal that the terminal sent to us already: the same wish, not a second one. */
const sameWish = 1000;
const parentCheck = 1000;

/** Ctrl-C, SIGTERM and SIGHUP stop; a second one forces. Under npm, so does the end of npm: its shell passes no signal on. */
export function untilStopped(io: Io): Stopping {
  const controller = new AbortController();
  let force: () => void = () => {};
  let first = 0;
  const forced = new Promise<void>((resolve) => {
    force = resolve;
  });
  const ask = () => {
    const now = performance.now();
    if (!controller.signal.aborted) {
      first = now;
      controller.abort();
    } else if (now - first > sameWish) force();
  };
  const off = io.onStop(ask);
  const watch = io.env['npm_lifecycle_event'] ? watchParent(ask) : undefined;
  const dispose = () => {
    off();
    clearInterval(watch);
  };
  return { signal: controller.signal, forced, dispose };
}

function watchParent(gone: () => void): NodeJS.Timeout {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, parentCheck);
  return timer.unref();
}
