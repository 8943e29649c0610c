import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const autocannon = createRequire(import.meta.url).resolve('autocannon');
const connections = 32;

export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Load {
  readonly perSecond: number;
  readonly requests: number;
}

/**
 * Loads one address for `seconds` from a process of its own.
 * @throws Error when an answer was not 2xx: a ratio of refusals would say nothing
 */
export async function load({ url, headers }: Target, seconds: number): Promise<Load> {
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const args = [autocannon, '--json', '-c', String(connections), '-d', String(seconds), ...named, url];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 8 * 2 ** 20 });
  const result = JSON.parse(stdout) as { '2xx': number; non2xx: number; errors: number; duration: number };
  if (result.non2xx > 0 || result.errors > 0 || result['2xx'] === 0) {
    throw new Error(`${url}: ${result['2xx']} good answers, ${result.non2xx} others, ${result.errors} errors`);
  }
  return { perSecond: result['2xx'] / result.duration, requests: result['2xx'] };
}
