/** Milliseconds from an answer to the next question, and at most between questions that nobody answers. */
const pause = 3_000;
const longestPause = 15_000;

/**
 * Asks again and again, one question at a time: after an answer in 3 s, without one in 3, 6, 12, 15, 15 … s. A page that
 * nobody sees does not ask; seen again it asks at once, as it does when the network is back.
 *
 * @param {() => Promise<import('./ask.js').Outcome>} ask
 * @param {{ asking(): void, told(outcome: import('./ask.js').Outcome, next: number): void, paused(): void }} view
 *   `next`: milliseconds until the next question
 * @returns {() => void} asks now
 */
export function poll(ask, view) {
  let timer;
  let asking = false;
  let failures = 0;

  async function now() {
    if (asking || document.hidden) return;
    clearTimeout(timer);
    asking = true;
    view.asking();
    const outcome = await ask();
    asking = false;
    failures = 'failure' in outcome ? failures + 1 : 0;
    const next = pauseAfter(failures);
    view.told(outcome, next);
    if (document.hidden) return view.paused();
    timer = setTimeout(now, next);
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return void now();
    clearTimeout(timer);
    view.paused();
  });
  addEventListener('online', () => void now());
  void now();
  return () => void now();
}

function pauseAfter(failures) {
  return Math.min(pause * 2 ** Math.max(0, failures - 1), longestPause);
}
