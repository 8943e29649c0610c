import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { afterEach } from 'vitest';
import type { LocalContext, LocalMachine, LocalPart } from '../../src/local/part.ts';
import { startTokens } from '../../src/local/tokens/index.ts';
import { freePort } from '../../../../test/support/free-port.ts';

type TokensResource = Parameters<typeof startTokens>[2];

const running = new Set<LocalPart>();
const folders = new Set<string>();

afterEach(async () => {
  await Promise.all([...running].map((part) => part.stop()));
  running.clear();
  await Promise.all([...folders].map((folder) => rm(folder, { recursive: true, force: true })));
  folders.clear();
});

type TestContext = LocalContext & { readonly lines: string[] };

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwks = { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' }] };

/** As after a first run: with a key, and with a port that no other test wants. */
export async function usedContext(overrides: Partial<LocalContext> = {}): Promise<TestContext> {
  const context = await newContext(overrides);
  const folder = join(context.stateDir, 'tokens');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, 'tokens.json'), JSON.stringify({ port: await freePort(), clients: {}, jwks }));
  return context;
}

export async function newContext(overrides: Partial<LocalContext> = {}): Promise<TestContext> {
  const root = await mkdtemp(join(tmpdir(), 'keelson-tokens-'));
  folders.add(root);
  const lines: string[] = [];
  return {
    root,
    stateDir: join(root, '.keelson'),
    app: { name: 'shows', region: 'ap-southeast-2' } as App,
    env: {},
    publicUrl: 'http://localhost:8080',
    log: (line) => void lines.push(line),
    lines,
    ...overrides,
  };
}

export async function start(
  context: LocalContext,
  provider: TokensResource['provider'] = 'cognito',
  more: Partial<TokensResource> = {},
): Promise<LocalPart> {
  const part = await startTokens(context, 'tokens', {
    kind: 'tokens',
    provider,
    scopes: { 'shows.read': 'Read shows', 'shows.write': 'Write shows' },
    clients: { shows: ['shows.read', 'shows.write'], reader: ['shows.read'] },
    ...more,
  });
  running.add(part);
  return part;
}

export async function stop(part: LocalPart): Promise<void> {
  running.delete(part);
  await part.stop();
}

export function machine({ tokens }: LocalPart, wanted = 'shows'): LocalMachine {
  return tokens?.clients.find(({ name }) => name === wanted) as LocalMachine;
}

export function basic({ id, secret }: { readonly id: string; readonly secret: string }): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** A request to the token endpoint, with HTTP Basic unless other headers are given. */
export async function ask(
  part: LocalPart,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = { authorization: basic(machine(part)) },
): Promise<Answer> {
  const response = await fetch(part.tokens?.endpoint ?? '', {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
