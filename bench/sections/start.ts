import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { repository } from '../../test/support/imports.ts';
import { plainEnv } from '../../test/support/run.ts';
import { type Page, Surfer } from '../../test/support/surfer.ts';
import { keelsonBin, ssoFolder } from '../lib/paths.ts';
import { end, freePort } from '../lib/server.ts';
import { median, metOrNot, printTable } from '../lib/table.ts';

const samples = 3;
const limitMs = 60_000;
const notCopied = new Set(['node_modules', '.keelson', '.env', 'dist']);

export const start = {
  title: 'Seconds from `keelson dev` to the first signed-in page',
  run: async () => {
    // A copy, so that nobody's local state is emptied; as deep in the repository as the template, for its tsconfig.json.
    const app = mkdtempSync(join(repository, 'bench', '.start-'));
    try {
      cpSync(ssoFolder, app, { recursive: true, filter: (path) => !notCopied.has(basename(path)) });
      const port = await freePort();
      const fresh = await measure(app, ['--fresh'], port);
      const warm = await measure(app, [], port);
      printTable(['state', 'seconds', 'all runs', 'goal', ''], [row('fresh', fresh, 6), row('kept', warm, 2)]);
    } finally {
      rmSync(app, { recursive: true, force: true });
    }
  },
};

async function measure(app: string, flags: readonly string[], port: number): Promise<number[]> {
  const seconds: number[] = [];
  for (let sample = 0; sample < samples; sample++) seconds.push(await secondsToSignedIn(app, flags, port));
  return seconds;
}

async function secondsToSignedIn(app: string, flags: readonly string[], port: number): Promise<number> {
  const began = performance.now();
  const args = [keelsonBin, 'dev', '--port', String(port), ...flags];
  const child = spawn(process.execPath, args, { cwd: app, env: plainEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => printed.push(text));
  try {
    await signIn(`http://localhost:${port}/`, child);
    return (performance.now() - began) / 1000;
  } catch (error) {
    throw new Error(`keelson dev printed:\n${printed.join('')}`, { cause: error });
  } finally {
    await end(child);
  }
}

/** Opens the start page as soon as there is one, and clicks a person on the page it leads to. */
async function signIn(url: string, child: ChildProcess): Promise<void> {
  const person = new Surfer();
  const choice = await firstAnswer(person, url, child);
  const home = await person.submit(choice, 'Ada Lovelace');
  if (home.status !== 200 || home.url !== url || !home.body.includes('Ada Lovelace')) {
    throw new Error(`the sign-in ended at ${home.url} with ${home.status}`);
  }
}

async function firstAnswer(person: Surfer, url: string, child: ChildProcess): Promise<Page> {
  const giveUpAt = performance.now() + limitMs;
  while (performance.now() < giveUpAt) {
    if (child.exitCode !== null) throw new Error(`keelson dev ended with code ${child.exitCode}`);
    const page = await person.open(url).catch(() => undefined);
    if (page?.status === 200) return page;
    await wait(20);
  }
  throw new Error(`${url} did not answer within ${limitMs / 1000} s`);
}

function row(state: string, seconds: readonly number[], goal: number): (string | number)[] {
  const all = seconds.map((value) => value.toFixed(2)).join(' ');
  const middle = median(seconds);
  return [state, middle.toFixed(2), all, `≤ ${goal} s`, metOrNot(middle <= goal)];
}
