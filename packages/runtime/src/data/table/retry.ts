import { setTimeout as delay } from 'node:timers/promises';
import { type Trouble, troubleOf } from './errors.ts';

export interface RetryRules {
  /** Aborts when no further attempt may be made. */
  readonly signal: AbortSignal;
  /** Whether a request whose answer was lost may be sent again, once. */
  readonly repeatable: boolean;
  /** Other errors worth another attempt. */
  readonly again?: (error: unknown) => boolean;
  /** Runs before the next attempt. */
  readonly before?: (trouble: Trouble) => void;
}

const attempts = 6;
const firstPause = 50;
const longestPause = 1_000;

/**
 * Sends until it is answered, with exponential back-off and full jitter
 * (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter).
 * Rejects with the last error.
 */
export async function withRetries<T>(send: () => Promise<T>, rules: RetryRules): Promise<T> {
  let lost = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === 'lost') lost++;
      if (attempt === attempts || rules.signal.aborted || !isWorthIt(error, trouble, lost, rules)) throw error;
      rules.before?.(trouble);
      const pause = trouble === 'lost' ? 0 : Math.random() * Math.min(longestPause, firstPause * 2 ** attempt);
      if (!(await waited(pause, rules.signal))) throw error;
    }
  }
}

function isWorthIt(error: unknown, trouble: Trouble, lost: number, { repeatable, again }: RetryRules): boolean {
  if (trouble === 'throttled') return true;
  if (trouble === 'lost') return repeatable && lost === 1;
  return again?.(error) ?? false;
}

/** `false` when the time was up first. */
async function waited(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
