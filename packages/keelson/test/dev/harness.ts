import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeFolder } from '../../src/local/postgres/remove-folder.ts';

// A zombie is dead: in a container there may be nobody who asks how a stray process ended.
export { isAlive } from '../../src/local/postgres/processes.ts';

const bin = fileURLToPath(new URL('../../bin/keelson.js', import.meta.url));
// Inside the repository, so that its packages are found; git ignores it.
const home = fileURLToPath(new URL('../../.keelson/tests/', import.meta.url));

export const helloConfig = `import { defineApp } from '@keelson/contract';
export default defineApp({
  name: 'hello', region: 'eu-central-1',
  services: { api: { source: 'src/main.ts', compute: 'fargate' } },
});
`;

/** A service whose `GET /` answers with a text. */
export const helloService = (text: string) => `import { createService } from '@keelson/runtime';
import Type from 'typebox';
export default createService(async (app) => {
  const schema = { response: { 200: Type.Object({ hello: Type.String(), pid: Type.Integer() }) } };
  app.get('/', { auth: 'public', schema }, async () => ({ hello: '${text}', pid: process.pid }));
});
`;

const removals: (() => Promise<void>)[] = [];

/** Ends and removes what a test made; for `afterEach`. */
export async function cleanUp(): Promise<void> {
  for (const remove of removals.splice(0).toReversed()) await remove();
}

/** A folder with these files, and a package.json of its own. */
export async function makeFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  await mkdir(home, { recursive: true });
  const folder = await mkdtemp(join(home, 'app-'));
  // What a killed run started may write there for another moment.
  removals.push(() => removeFolder(folder));
  await writeFiles(folder, { 'package.json': '{ "type": "module" }\n', ...files });
  return folder;
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

export function makeHello(files: Readonly<Record<string, string>> = {}): Promise<string> {
  return makeFolder({ 'keelson.config.ts': helloConfig, 'src/main.ts': helloService('world'), ...files });
}

export interface Run {
  readonly child: ChildProcess;
  /** Everything printed so far. */
  output(): string;
  /** Resolves to the match in the output; rejects when the process ends without one. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
}

/** Runs the command as a person does. Ended after the test at the latest. */
export function keelson(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: { PATH, HOME, ...env }, stdio: 'pipe' });
  let text = '';
  const listeners = new Set<() => void>();
  const heard = (chunk: Buffer) => {
    text += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', heard);
  child.stderr.on('data', heard);
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  removals.push(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(text);
        if (!match) return;
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without printing ${pattern}:\n${text}`)));
    });
  return { child, output: () => text, printed, ended };
}

export interface Dev extends Run {
  readonly url: string;
  readonly consoleUrl: string;
}

/** `keelson dev` on free ports, ready. */
export async function dev(
  cwd: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Dev> {
  const run = keelson(cwd, ['dev', '--port', '0', '--console-port', '0', ...args], env);
  await run.printed(/ready in/);
  const [, url = ''] = await run.printed(/api +(http:\S+)/);
  const [, consoleUrl = ''] = await run.printed(/console +(http:\S+)/);
  return { ...run, url, consoleUrl };
}

/** A program that has a port. @param port `0`: any */
export async function occupy(port = 0): Promise<number> {
  const server: Server = createServer((_request, response) => response.end('other program'));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  removals.push(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

/** Waits until it is so; the test's own time limit ends the wait. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

export async function getJson(url: string): Promise<Record<string, unknown>> {
  return (await (await fetch(url)).json()) as Record<string, unknown>;
}
