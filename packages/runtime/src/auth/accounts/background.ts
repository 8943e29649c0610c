import { KeelsonError } from '../../errors/index.ts';
import type { Log } from '../../log/log.ts';

/** Works at the same time or waiting: far more than people ask for, and little memory. */
const capacity = 500;

/** Work that goes on after the answer, so that how long the answer took says nothing about it. */
export interface Background {
  /**
   * Starts it once the answer is on its way. What fails is logged.
   * @throws KeelsonError `OVERLOADED` when too much goes on already
   */
  start(event: string, work: () => Promise<void>): void;
  /** Resolves when everything that was started has ended. */
  settled(): Promise<void>;
}

export function createBackground(log: Log): Background {
  const running = new Set<Promise<void>>();
  return {
    start: (event, work) => {
      if (running.size >= capacity) {
        throw new KeelsonError('OVERLOADED', { detail: `${capacity} mails wait to be written.`, retryAfter: 3 });
      }
      const done = afterAnswer()
        .then(work)
        .catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : 'unknown';
          log.error({ event, reason }, 'What was asked for could not be done after the answer');
        })
        .finally(() => running.delete(done));
      running.add(done);
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** Milliseconds: the answer has left, and what is done then slows down no request that could be told from others. */
const afterAnswer = () => new Promise<void>((resolve) => void setTimeout(resolve, 20 + Math.random() * 40));
