import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Problem, Resource } from '@keelson/contract';
import { fromKitNames, type KitNamesResult } from '@keelson/runtime/config';
import { withFiles } from '../file-trouble.ts';
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
export function acceptKitNames({ env, fileNames }: Environment, loaded: LoadedApp, publicUrl: string): Environment {
  const result = kitNames(env, loaded, publicUrl);
  if (result.problems.length > 0) throw environmentError(result.problems);
  return { env: { ...result.env, NODE_ENV: env['NODE_ENV'] ?? 'development' }, fileNames };
}

/** @param publicUrl the app's address; absent: not known yet, and nothing is compared with it */
export function kitNames(env: Env, { app }: LoadedApp, publicUrl: string | undefined): KitNamesResult {
  const login = Object.values(app.resources ?? {}).find((resource) => resource.kind === 'login');
  return fromKitNames(env, { ...(publicUrl === undefined ? {} : { publicUrl }), ...callbackOf(login) });
}

export function environmentError(problems: readonly Problem[]): ProblemsError {
  return new ProblemsError('The environment cannot be used (.env or shell):', problems);
}

function callbackOf(login: Extract<Resource, { kind: 'login' }> | undefined): { callbackPath?: string } {
  return login?.callbackPath === undefined ? {} : { callbackPath: login.callbackPath };
}

function readDotEnv(file: string): Env {
  if (!existsSync(file)) return {};
  const text = withFiles(`${file} cannot be read`, 'Make it a file that you may read, or remove it.', () =>
    readFileSync(file, 'utf8'),
  );
  return parseEnv(text) as Env;
}

function withoutEmpty(env: Env): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
