import { chmod, readFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import { newSigningKey, writePrivately } from '../login/state.ts';
import type { TokenForm } from './forms/index.ts';
import type { TokensResource } from './resource.ts';

/** What the provider keeps between runs, so that ids, secrets and tokens stay good. */
export interface TokensState {
  /** Port it was first given: part of the issuer. */
  port?: number;
  /** Per provider, because ids have its form; then by the client's name. */
  readonly clients: Record<string, Record<string, { readonly id: string; readonly secret: string }>>;
  /** Private signing keys, as a JWK set; the first one signs. */
  readonly jwks: { readonly keys: readonly JWK[] };
}

export interface TokensStateFile {
  readonly state: TokensState;
  save(): Promise<void>;
}

/** Reads the state; where there is none or it cannot be read, a new one is made. */
export async function openTokensState(file: string, log: (line: string) => void): Promise<TokensStateFile> {
  const kept = await read(file, log);
  const state = kept ?? { clients: {}, jwks: { keys: [(await newSigningKey()) as JWK] } };
  const save = () => writePrivately(file, state);
  if (kept) await chmod(file, 0o600);
  else await save();
  return { state, save };
}

/** The clients of the provider by name; new ones get an id and a secret in its form. */
export async function clientsIn(
  { state, save }: TokensStateFile,
  provider: TokensResource['provider'],
  names: readonly string[],
  { newClientId, newSecret }: TokenForm,
) {
  const clients = (state.clients[provider] ??= {});
  const missing = names.filter((name) => !Object.hasOwn(clients, name));
  for (const name of missing) clients[name] = { id: newClientId(), secret: newSecret() };
  if (missing.length > 0) await save();
  return clients;
}

async function read(file: string, log: (line: string) => void): Promise<TokensState | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const state = parse(text);
  if (!state) log(`${file} was not readable as token state; clients get new ids and secrets.`);
  return state;
}

function parse(text: string): TokensState | undefined {
  try {
    const state = JSON.parse(text) as Partial<TokensState> | null;
    return state?.clients && (state.jwks?.keys.length ?? 0) > 0 ? (state as TokensState) : undefined;
  } catch {
    return undefined;
  }
}
