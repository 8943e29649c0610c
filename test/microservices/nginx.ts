import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { call } from '../support/http.ts';
import { templateFolder } from './compose-file.ts';

export interface Nginx {
  readonly url: string;
  /** All it can write to. */
  readonly temporary: string;
  /** What is served; nginx cannot write to it. */
  readonly html: string;
  /** What it wrote to standard output: a line of JSON per request. */
  requests(): Record<string, unknown>[];
  errors(): string;
  stop(): Promise<void>;
}

export const hasNginx = spawnSync('nginx', ['-v']).status === 0;
export const noNginx = 'no nginx on PATH: its configuration is not run';

/** Somebody without rights, where there is one. */
const isRoot = process.getuid?.() === 0;
const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};

/**
 * The frontend's nginx as its container runs it: by a user without rights, in folders that it cannot write to, except
 * one. Only paths and the port are this machine's.
 *
 * @param extra files for `/etc/nginx/extra`, by name
 */
export async function startNginx(extra: Readonly<Record<string, string>> = {}): Promise<Nginx> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'keelson-nginx-')));
  const port = await freePort();
  const nginx = prepare(folder, port, extra);
  const child = spawn('nginx', argumentsOf(nginx.config), {
    ...nobody,
    cwd: folder,
    stdio: ['ignore', openSync(nginx.output, 'a'), openSync(nginx.errors, 'a')],
  });
  const errors = () => readFileSync(nginx.errors, 'utf8');
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child, errors);
  return {
    url,
    temporary: nginx.temporary,
    html: nginx.html,
    errors,
    requests: () =>
      readFileSync(nginx.output, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    stop: async () => {
      const closed = child.exitCode === null ? once(child, 'close') : undefined;
      child.kill('SIGQUIT');
      await closed;
      chmodSync(nginx.html, 0o755);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function prepare(folder: string, port: number, extra: Readonly<Record<string, string>>) {
  const path = (name: string) => join(folder, name);
  const [html, extras, temporary, config] = [path('html'), path('extra'), path('tmp'), path('nginx.conf')];
  cpSync(join(templateFolder, 'frontend/public'), html, { recursive: true });
  for (const name of [extras, temporary]) mkdirSync(name);
  for (const [name, text] of Object.entries(extra)) writeFileSync(join(extras, name), text);
  const here = [
    ['/tmp/', `${temporary}/`],
    ['/usr/share/nginx/html', html],
    ['/etc/nginx/extra/', `${extras}/`],
    ['listen 8080;', `listen 127.0.0.1:${port};`],
  ] as const;
  const text = readFileSync(join(templateFolder, 'frontend/nginx.conf'), 'utf8');
  writeFileSync(
    config,
    here.reduce((changed, [from, to]) => changed.replaceAll(from, to), text),
  );
  const [output, errors] = [path('output'), path('errors')];
  for (const name of [output, errors]) writeFileSync(name, '');
  // nginx opens its standard output anew, as somebody else.
  chmodSync(output, 0o666);
  chmodSync(temporary, 0o777);
  chmodSync(html, 0o555);
  chmodSync(folder, 0o755);
  return { config, html, temporary, output, errors };
}

function argumentsOf(config: string): string[] {
  // Without `-e` it would first open the log that was built in.
  return ['-e', 'stderr', '-p', '/nonexistent', '-c', config, '-g', 'daemon off;'];
}

/** There is no event for it: nginx in the foreground says nothing when it is ready. */
async function answers(url: string, child: ChildProcess, errors: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}:\n${errors()}`);
    const status = await call(`${url}/health`).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Every file below a folder. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}
