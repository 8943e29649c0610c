import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const autocannon = createRequire(import.meta.url).resolve('autocannon');
const tokenLoad = fileURLToPath(new URL('./token-load.ts', import.meta.url));
const connections = 32;

export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Access tokens, another one for each request. @default none */
  readonly tokens?: TokenList;
}

/** Tokens that are used in turn, by all loads together: each is used again when all the others have been. */
export interface TokenList {
  /** A JSON array of them. */
  readonly file: string;
  next: number;
}

export interface Load {
  readonly perSecond: number;
  readonly requests: number;
}

/**
 * Loads one address for `seconds` from a process of its own.
 * @throws Error when an answer was not 2xx: a ratio of refusals would say nothing
 */
export async function load(target: Target, seconds: number): Promise<Load> {
  const args = target.tokens ? withTokens(target.url, target.tokens, seconds) : withHeaders(target, seconds);
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 8 * 2 ** 20 });
  const result = JSON.parse(stdout) as { '2xx': number; non2xx: number; errors: number; duration: number };
  if (result.non2xx > 0 || result.errors > 0 || result['2xx'] === 0) {
    throw new Error(`${target.url}: ${result['2xx']} good answers, ${result.non2xx} others, ${result.errors} errors`);
  }
  // What was still under way when the time was up has used a token too.
  if (target.tokens) target.tokens.next += result['2xx'] + 2 * connections;
  return { perSecond: result['2xx'] / result.duration, requests: result['2xx'] };
}

function withHeaders({ url, headers }: Target, seconds: number): string[] {
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  return [autocannon, '--json', '-c', String(connections), '-d', String(seconds), ...named, url];
}

function withTokens(url: string, { file, next }: TokenList, seconds: number): string[] {
  return ['--import', 'tsx', tokenLoad, url, String(connections), String(seconds), file, String(next)];
}
