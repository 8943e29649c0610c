import { generateKeyPair, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { JWK } from 'oidc-provider';
import { type VendorName, vendors } from './vendors/index.ts';

/** What a local login keeps between runs, so that people stay signed in and bookmarks stay valid. */
export interface LoginState {
  /** Port it was first given: part of the issuer, and so of everyone's identity. */
  port?: number;
  readonly sessionKeys: string;
  /** Per vendor, because a client id has the vendor's form. */
  readonly clients: Partial<Record<VendorName, { readonly id: string; readonly secret: string }>>;
  readonly cookieKey: string;
  /** Private signing keys, as a JWK set. */
  jwks?: { readonly keys: readonly JWK[] };
}

export interface LoginStateFile {
  readonly state: LoginState;
  save(): Promise<void>;
}

/** Reads the state, or makes a new one where there is none or it cannot be read (a crash in mid-write cannot cause that). */
export async function openState(file: string, log: (line: string) => void): Promise<LoginStateFile> {
  const kept = await read(file, log);
  const state = kept ?? { sessionKeys: randomKey(), cookieKey: randomKey(), clients: {} };
  const save = () => writePrivately(file, state);
  if (!kept) await save();
  else await chmod(file, 0o600);
  return { state, save };
}

/** Adds what the embedded provider needs and the state does not have yet. */
export async function completeState({ state, save }: LoginStateFile, vendor: VendorName): Promise<void> {
  if (state.jwks && state.clients[vendor]) return;
  state.jwks ??= { keys: [await newSigningKey()] };
  state.clients[vendor] ??= { id: vendors[vendor].newClientId(), secret: randomKey() };
  await save();
}

async function read(file: string, log: (line: string) => void): Promise<LoginState | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const state = parse(text);
  if (!state) log(`${file} was not readable as login state; it is made anew, and everyone is signed out.`);
  return state;
}

function parse(text: string): LoginState | undefined {
  try {
    const state = JSON.parse(text) as Partial<LoginState> | null;
    const whole =
      state && typeof state.sessionKeys === 'string' && typeof state.cookieKey === 'string' && state.clients;
    return whole ? (state as LoginState) : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the file as a whole; only its owner may read it. */
export async function writePrivately(file: string, state: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${process.pid}.tmp`;
  await writeFile(next, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(next, file);
}

export async function newSigningKey(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const kid = randomBytes(12).toString('base64url');
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' } as JWK;
}

function randomKey(): string {
  return randomBytes(32).toString('base64url');
}
