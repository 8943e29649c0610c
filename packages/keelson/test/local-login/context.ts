import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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

/** As after a first run: with a signing key, because making one takes longer than a whole test. */
export async function usedContext(overrides: Partial<LocalContext> = {}) {
  const context = await newContext(overrides);
  await mkdir(join(context.stateDir, 'login'), { recursive: true });
  await writeFile(join(context.stateDir, 'login', 'login.json'), JSON.stringify(usedState));
  return context;
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const usedState = {
  sessionKeys: 'session-keys-of-a-test-0123456789abcdef',
  cookieKey: 'cookie-key-of-a-test-0123456789abcdef',
  clients: {},
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' }] },
};

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
