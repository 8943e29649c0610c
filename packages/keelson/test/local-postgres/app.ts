import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import pg from 'pg';
import type { LocalContext, LocalPart } from '../../src/local/part.ts';
import { freshPostgres, startPostgres } from '../../src/local/postgres/index.ts';

export const resource = { kind: 'postgres' } as const;

/** A folder with an app whose one resource is a database, and what the platform would start it with. */
export interface TestApp {
  readonly context: LocalContext;
  readonly lines: string[];
  start(): Promise<LocalPart>;
  /** Stops what `start` started and deletes everything. */
  remove(): Promise<void>;
}

export function makeApp(options: { mode?: number; env?: Record<string, string> } = {}): TestApp {
  const root = mkdtempSync(join(tmpdir(), 'keelson-app-'));
  chmodSync(root, options.mode ?? 0o755);
  const lines: string[] = [];
  const app: App = { name: 'notes', region: 'eu-central-1', resources: { db: resource }, services: {} };
  const env = { PATH: process.env['PATH'], ...options.env };
  const stateDir = join(root, '.keelson');
  const context = {
    root,
    stateDir,
    app,
    env,
    publicUrl: 'http://localhost:8000',
    log: (line: string) => void lines.push(line),
  };
  const parts: LocalPart[] = [];
  return {
    context,
    lines,
    start: async () => {
      const part = await startPostgres(context, 'db', resource);
      parts.push(part);
      return part;
    },
    remove: async () => {
      for (const part of parts) await part.stop();
      await freshPostgres(context, 'db');
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export function writeMigration(root: string, name: string, statements: string): void {
  mkdirSync(join(root, 'migrations'), { recursive: true });
  const body = `import { sql } from '${import.meta.resolve('kysely')}';\nexport async function up(db) {\n${statements}\n}\n`;
  writeFileSync(join(root, 'migrations', name), body);
}

/** Runs one statement on a connection of its own. */
export async function query(part: LocalPart, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: part.env['DATABASE_URL'] });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(text, values)).rows as Record<string, unknown>[];
  } finally {
    await client.end().catch(() => {});
  }
}
