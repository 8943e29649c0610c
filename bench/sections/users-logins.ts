import { setTimeout as wait } from 'node:timers/promises';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Milliseconds. */
interface Latency {
  readonly p50: number;
  readonly p99: number;
}

const seconds = 8;
/** Fewer than the limit of unfinished sign-ins to one account. */
const clients = 8;
/** Milliseconds between two looks at /health. */
const pause = 10;

/** Signs in as fast as the service lets, and looks at `/health` all the while. */
export async function healthUnderLogins(
  url: string,
  credentials: Credentials,
): Promise<{ perSecond: number; idle: Latency; loaded: Latency }> {
  const idle = await healthFor(url, Date.now() + (seconds * 1000) / 2);
  const until = Date.now() + seconds * 1000;
  const [loaded, ...logins] = await Promise.all([
    healthFor(url, until),
    ...Array.from({ length: clients }, () => loginsUntil(url, credentials, until)),
  ]);
  return { perSecond: logins.reduce((sum, count) => sum + count, 0) / seconds, idle, loaded };
}

async function loginsUntil(url: string, credentials: Credentials, until: number): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  let count = 0;
  while (Date.now() < until) {
    const answer = await fetch(`${url}/auth/login`, { method: 'POST', headers, body: JSON.stringify(credentials) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`login: ${answer.status} ${text}`);
    count++;
  }
  return count;
}

async function healthFor(url: string, until: number): Promise<Latency> {
  const took: number[] = [];
  while (Date.now() < until) {
    const began = performance.now();
    const answer = await fetch(`${url}/health`);
    await answer.text();
    took.push(performance.now() - began);
    await wait(pause);
  }
  const sorted = took.sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
