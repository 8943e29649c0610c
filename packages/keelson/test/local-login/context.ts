import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { afterEach } from 'vitest';
import { startLogin } from '../../src/local/login/index.ts';
import type { LocalContext, LocalPart } from '../../src/local/part.ts';

export type Login = Parameters<typeof startLogin>[2];

const running = new Set<LocalPart>();
const folders = new Set<string>();

afterEach(async () => {
  await Promise.all([...running].map((part) => part.stop()));
  running.clear();
  await Promise.all([...folders].map((folder) => rm(folder, { recursive: true, force: true })));
  folders.clear();
});

export async function newContext(overrides: Partial<LocalContext> = {}): Promise<LocalContext & { lines: string[] }> {
  const root = await mkdtemp(join(tmpdir(), 'keelson-login-'));
  folders.add(root);
  const lines: string[] = [];
  return {
    root,
    stateDir: join(root, '.keelson'),
    app: { name: 'hello' } as App,
    env: {},
    publicUrl: 'http://localhost:8000',
    log: (line) => void lines.push(line),
    lines,
    ...overrides,
  };
}

export async function start(context: LocalContext, resource: Partial<Login> = {}): Promise<LocalPart> {
  const part = await startLogin(context, 'login', { kind: 'login', provider: 'auth0', ...resource });
  running.add(part);
  return part;
}

export async function stop(part: LocalPart): Promise<void> {
  running.delete(part);
  await part.stop();
}
