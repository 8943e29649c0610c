import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import pg from 'pg';
import { freshPostgres, startPostgres } from '../../../keelson/src/local/postgres/index.ts';
import { createBootScope, runInBootScope } from '../../src/config/boot.ts';
import { type Postgres, type PostgresOptions, postgres } from '../../src/data/postgres/index.ts';

/** A real server for the tests of one file. */
export interface TestServer {
  readonly url: string;
  /** Ends the server, runs `meanwhile`, and starts it again at the same port. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  /** Runs one statement on a connection that no pool knows. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Makes an empty database and gives its connection string. */
  emptyDatabase(): Promise<string>;
  remove(): Promise<void>;
}

export async function startServer(): Promise<TestServer> {
  const root = mkdtempSync(join(tmpdir(), 'keelson-runtime-'));
  chmodSync(root, 0o755);
  const app: App = { name: 'runtime', region: 'eu-central-1', services: {} };
  const env = { PATH: process.env['PATH'] };
  const context = { root, stateDir: join(root, '.keelson'), app, env, publicUrl: '', log: () => {} };
  const start = () => startPostgres(context, 'db', { kind: 'postgres' });
  let part = await start();
  const url = part.env['DATABASE_URL'] ?? '';
  let made = 0;
  return {
    url,
    restart: async (meanwhile) => {
      await part.stop();
      await meanwhile();
      part = await start();
      if (part.env['DATABASE_URL'] !== url) throw new Error('the port was taken meanwhile');
    },
    sql: (text, values) => sqlOn(url, text, values),
    emptyDatabase: async () => {
      const target = new URL(url);
      const admin = new URL(url);
      admin.username = 'keelson_admin';
      admin.pathname = '/postgres';
      target.pathname = `/run${++made}`;
      await sqlOn(admin.href, `create database run${made} owner runtime`);
      return target.href;
    },
    remove: async () => {
      await part.stop();
      await freshPostgres(context, 'db');
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export interface TestClient<DB> {
  readonly db: Postgres<DB>;
  readonly warnings: string[];
  close(): Promise<void>;
  ready(): Promise<void>;
}

/** What a service has that says `postgres('db')` in its setup. */
export async function connect<DB>(env: Record<string, string>, options?: PostgresOptions): Promise<TestClient<DB>> {
  const warnings: string[] = [];
  const note = (_fields: object, message = '') => void warnings.push(message);
  const scope = createBootScope(env, { debug: note, info: note, warn: note, error: note });
  const db = await runInBootScope(scope, async () => postgres<DB>('db', options));
  if (scope.problems.length > 0) throw Object.assign(new Error('not bootable'), { problems: scope.problems });
  return {
    db,
    warnings,
    close: async () => {
      for (const close of scope.closers) await close();
    },
    ready: async () => {
      for (const check of scope.checks.values()) await check();
    },
  };
}

/** Runs one statement on a connection of its own. */
export async function sqlOn(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}
