import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Resource, upperSnake } from '@keelson/contract';
import type { LocalContext, LocalPart } from '../part.ts';

type SecretResource = Extract<Resource, { kind: 'secret' }>;

/** The user's own value; without one a random value, kept so that what it encrypted stays readable. */
export async function startSecret(context: LocalContext, name: string, resource: SecretResource): Promise<LocalPart> {
  const variable = upperSnake(resource.variable ?? name);
  const given = context.env[variable];
  const value = given ?? keptValue(join(context.stateDir, 'secrets.json'), name);
  return {
    title: `Secret ${variable}`,
    address: given === undefined ? 'made up for this machine; set your own in .env' : 'from your environment',
    env: { [variable]: value },
    stop: async () => {},
  };
}

function keptValue(file: string, name: string): string {
  const kept = readKept(file);
  const value = kept[name] ?? randomBytes(32).toString('base64url');
  if (kept[name] === undefined) write(file, { ...kept, [name]: value });
  return value;
}

function readKept(file: string): Record<string, string | undefined> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

function write(file: string, values: Record<string, string | undefined>): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(values), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
