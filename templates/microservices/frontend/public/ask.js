/** Milliseconds that an answer may take. */
export const patience = 4_000;

/**
 * @typedef {{ hostname: string, ip: string, status: 'active' }} Container
 * @typedef {{ container: Container, milliseconds: number } | { failure: string }} Outcome
 */

/**
 * Asks the backend once. Never rejects: what failed is said in words.
 * @returns {Promise<Outcome>}
 */
export async function ask() {
  const begun = performance.now();
  const answer = await answerOf('/api/');
  if ('failure' in answer) return answer;
  return { container: answer.container, milliseconds: performance.now() - begun };
}

async function answerOf(address) {
  // The body is read within the same time: an answer that stops half-way is none.
  const signal = AbortSignal.timeout(patience);
  try {
    const response = await fetch(address, { signal, cache: 'no-store', headers: { accept: 'application/json' } });
    if (!response.ok) return { failure: refusalOf(response.status) };
    return containerIn(await response.text());
  } catch (error) {
    return { failure: silenceOf(error) };
  }
}

function containerIn(text) {
  try {
    const { hostname, ip, status } = JSON.parse(text) ?? {};
    if (typeof hostname === 'string' && typeof ip === 'string' && status === 'active') {
      return { container: { hostname, ip, status } };
    }
    return { failure: 'The answer is JSON, but not a container that is active.' };
  } catch {
    return { failure: 'The answer is not JSON: something else than the backend answers at /api/.' };
  }
}

function refusalOf(status) {
  if (status === 502) return 'Status 502: the way to the backend is there, the backend does not answer.';
  if (status === 503) return 'Status 503: no backend is ready to answer.';
  if (status === 504) return 'Status 504: the backend did not answer in time.';
  return `Status ${status} instead of an answer.`;
}

function silenceOf(error) {
  if (error.name === 'TimeoutError') return `No answer within ${patience / 1_000} seconds.`;
  if (navigator.onLine === false) return 'This device has no network.';
  return 'No answer: the connection failed.';
}
