import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Resource } from '@keelson/contract';
import { fromKitNames } from '@keelson/runtime/config';
import { ProblemsError } from '../user-error.ts';
import type { LoadedApp } from './load.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface Environment {
  /** What the user gave: `.env`, then the shell's, which win; kits' names under Keelson's. Empty values are absent. */
  readonly env: Env;
  /** Names that the `.env` file sets. */
  readonly fileNames: ReadonlySet<string>;
}

/** Reads `.env` beside the configuration file. */
export function readEnvironment(root: string, shell: Env): Environment {
  const file = withoutEmpty(readDotEnv(join(root, '.env')));
  // For a shell, ENV is its start-up file; only the kits' .env files mean the environment by it.
  const { ENV: _startupFile, ...fromShell } = withoutEmpty(shell);
  return { env: { ...file, ...fromShell }, fileNames: new Set(Object.keys(file)) };
}

/**
 * Takes the starter kits' names too.
 * @throws ProblemsError when they contradict the app
 */
export function acceptKitNames({ env, fileNames }: Environment, { app }: LoadedApp, publicUrl: string): Environment {
  const login = Object.values(app.resources ?? {}).find((resource) => resource.kind === 'login');
  const result = fromKitNames(env, { publicUrl, ...callbackOf(login) });
  if (result.problems.length > 0)
    throw new ProblemsError('The environment cannot be used (.env or shell):', result.problems);
  return { env: { ...result.env, NODE_ENV: env['NODE_ENV'] ?? 'development' }, fileNames };
}

function callbackOf(login: Extract<Resource, { kind: 'login' }> | undefined): { callbackPath?: string } {
  return login?.callbackPath === undefined ? {} : { callbackPath: login.callbackPath };
}

function readDotEnv(file: string): Env {
  try {
    return parseEnv(readFileSync(file, 'utf8')) as Env;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

function withoutEmpty(env: Env): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
