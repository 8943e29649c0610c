import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineApp } from '@keelson/contract';
import { Client } from 'pg';
import { freshPostgres, startPostgres } from '../../packages/keelson/src/local/postgres/index.ts';
import { mustRun, plainEnv } from '../../test/support/run.ts';
import { keelsonBin, ssoFolder } from './paths.ts';

export interface BenchDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

const app = defineApp({
  name: 'bench',
  region: 'eu-central-1',
  resources: { db: { kind: 'postgres' } },
  services: {},
  environments: {},
});

/** The embedded PostgreSQL with the tables of the `sso` template. */
export async function startDatabase(): Promise<BenchDatabase> {
  const root = mkdtempSync(join(tmpdir(), 'keelson-bench-'));
  const context = { root, stateDir: root, app, env: {}, publicUrl: 'http://localhost:8000', log: () => {} };
  const part = await startPostgres(context, 'db', { kind: 'postgres' });
  const stop = async () => {
    await part.stop();
    await freshPostgres(context, 'db');
    rmSync(root, { recursive: true, force: true });
  };
  try {
    const url = part.env['DATABASE_URL'] ?? '';
    const env = plainEnv({ DATABASE_URL: url });
    await mustRun(process.execPath, [keelsonBin, 'migrate'], { cwd: ssoFolder, env });
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Writes notes of one person, as long as people write them, among those of others. */
export async function addNotes(url: string, owner: { iss: string; sub: string }): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `insert into notes (owner_iss, owner_sub, text)
       select $1, case when n % 50 = 0 then $2 else 'someone-' || n end, 'Note ' || n || ': buy bread, call Grace, read chapter four.'
       from generate_series(1, 1250) as n`,
      [owner.iss, owner.sub],
    );
    await client.query('analyze notes');
  } finally {
    await client.end();
  }
}
