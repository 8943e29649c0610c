const first = 5_000;
const longest = 3 * 60 * 60_000;

/** Attempts until a mail is given up: with `backOff` that is about a day, after which the links in it are dead. */
export const attemptLimit = 18;

/**
 * Milliseconds to wait after this many attempts: 5 s, 10 s, 20 s … 3 h, each a fifth more or less, so that what failed
 * together does not come back together.
 */
export function backOff(attempts: number): number {
  return Math.min(first * 2 ** (attempts - 1), longest) * (0.8 + Math.random() * 0.4);
}
