import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfError } from '../conf/words.ts';
import type { HostedSite, Hosting } from '../hosted-site.ts';
import { mimeTypesConf } from '../site/mime-types.ts';
import { openAccessLog } from './access-log.ts';
import type { Nginx } from './find-nginx.ts';
import { globalDirectives, localConf } from './local-conf.ts';

/** Somebody else may take the port between looking for one and using it. */
const attempts = 3;

/** Runs nginx with the site's own configuration. @returns the exit code, once it has ended */
export async function runNginx(site: HostedSite, hosting: Hosting): Promise<number> {
  const { run } = site;
  for (const folder of ['', 'extra']) mkdirSync(join(run, folder), { recursive: true });
  writeFileSync(join(run, 'mime.types'), mimeTypesConf());
  const log = openAccessLog(run, hosting.log);
  try {
    for (let attempt = 1; ; attempt++) {
      const ended = await runOnce(site, hosting, await freePort(), log.path);
      if (!ended.portTaken || attempt === attempts) return ended.code;
    }
  } finally {
    log.close();
  }
}

interface Ended {
  readonly code: number;
  readonly portTaken: boolean;
}

async function runOnce(site: HostedSite, hosting: Hosting, port: number, accessLog: string): Promise<Ended> {
  const { run, folder, nginx } = site;
  if (!nginx) return { code: 1, portTaken: false };
  const conf = writeConf(site, nginx, port, accessLog);
  const user = process.getuid?.() === 0 ? userInfo().username : undefined;
  const own = conf.isOwn ? ['-t'] : ['-g', globalDirectives({ run }, user)];
  const child = spawn(nginx.path, ['-p', `${run}/`, '-c', conf.path, ...earlyErrors(nginx), ...own], {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: folder,
  });
  let portTaken = false;
  const told = readLines(child, (line) => {
    portTaken ||= line.includes(`bind() to 127.0.0.1:${port} failed`);
    if (!line.includes('[notice]')) hosting.complain(line.replaceAll(conf.path, site.conf));
  });
  const exited = exitOf(child);
  const quit = () => void child.kill('SIGQUIT');
  hosting.signal.addEventListener('abort', quit, { once: true });
  // Gone without a word to finish anything: what it started would go on.
  const goneToo = () => endWithin(child, exited);
  process.once('disconnect', goneToo);
  try {
    const serving = await Promise.race([waitForPort(port, exited), exited.then(() => false)]);
    if (serving) hosting.ready(port);
    const code = await exited;
    // A worker that lost its master holds the pipe open; what nginx itself wrote has arrived by then.
    await Promise.race([told, delay(200)]);
    return { code: hosting.signal.aborted ? 0 : code || 1, portTaken };
  } finally {
    hosting.signal.removeEventListener('abort', quit);
    process.off('disconnect', goneToo);
  }
}

/** A file that cannot be read is left to nginx, which says better what is wrong with it. */
function writeConf(site: HostedSite, { without }: Nginx, port: number, accessLog: string) {
  const own = join(site.folder, 'nginx.conf');
  try {
    const text = localConf(readFileSync(own, 'utf8'), { folder: site.folder, run: site.run, port, accessLog, without });
    const path = join(site.run, 'nginx.conf');
    writeFileSync(path, text);
    return { path, isOwn: false };
  } catch (error) {
    if (error instanceof ConfError) return { path: own, isOwn: true };
    throw error;
  }
}

/** What it says before it has read the configuration; nginx knows the option since 1.19.5. */
function earlyErrors({ version }: Nginx): string[] {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const knows = major > 1 || minor > 19 || (minor === 19 && patch >= 5);
  return knows ? ['-e', 'stderr'] : [];
}

function readLines(child: ChildProcess, line: (text: string) => void): Promise<void> {
  if (!child.stderr) return Promise.resolve();
  const lines = createInterface({ input: child.stderr, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', line);
  return new Promise((resolve) => lines.once('close', resolve));
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Milliseconds that nginx has to finish its answers when nobody waits for it any more. */
const grace = 1_000;

async function endWithin(child: ChildProcess, exited: Promise<number>): Promise<void> {
  child.kill('SIGTERM');
  await Promise.race([exited, delay(grace, undefined, { ref: false })]);
  child.kill('SIGKILL');
  killGroup();
}

/** Workers go on serving without their master. We are in the group too, and have nothing left to do. */
function killGroup(): void {
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** nginx does not tell when it listens. @returns whether it does; `false`: it has ended */
async function waitForPort(port: number, exited: Promise<number>): Promise<boolean> {
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  while (!ended) {
    if (await answers(port)) return !ended;
    await delay(10);
  }
  return false;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const tell = (does: boolean) => {
      socket.destroy();
      resolve(does);
    };
    socket.once('connect', () => tell(true)).once('error', () => tell(false));
  });
}
