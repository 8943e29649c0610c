import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalPart } from '../../src/local/part.ts';
import { freshPostgres, LocalPostgresError } from '../../src/local/postgres/index.ts';
import { makeApp, query } from './app.ts';

describe('the local database', () => {
  const app = makeApp();
  let part: LocalPart;
  const connect = async () => {
    const client = new pg.Client({ connectionString: part.env['DATABASE_URL'] });
    await client.connect();
    return client;
  };

  beforeAll(async () => {
    part = await app.start();
  });
  afterAll(() => app.remove());

  test('is a real PostgreSQL, reachable on this machine only, and names its version', async () => {
    const [row] = await query(part, 'select version(), current_setting($1) as host, current_database() as name', [
      'listen_addresses',
    ]);
    expect(row).toMatchObject({ host: '127.0.0.1', name: 'notes' });
    const version = /PostgreSQL (\d+\.\d+)/.exec(String(row?.['version']))?.[1];
    expect(part.title).toBe(`PostgreSQL ${version}`);
    expect(part.address).toMatch(/^127\.0\.0\.1:\d+\/notes$/);
  });

  test('keeps committed rows durable, stores UTF-8, and gives the app no superuser', async () => {
    const [row] = await query(
      part,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
              current_setting('server_encoding') as encoding, current_setting('is_superuser') as superuser`,
    );
    expect(row).toEqual({ fsync: 'on', commit: 'on', encoding: 'UTF8', superuser: 'off' });
  });

  test('asks for a password, which lies in a file that only its owner can read', async () => {
    const url = new URL(part.env['DATABASE_URL'] ?? '');
    const stranger = new pg.Client({ connectionString: `postgres://notes:wrong@${url.host}/notes` });
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
    const file = join(app.context.stateDir, 'postgres/db/server.json');
    expect(readFileSync(file, 'utf8')).toContain(url.password);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('serves several connections: of two transactions that wait on one another one ends, the other commits', async () => {
    await query(part, 'create table account (id int primary key, balance int not null)');
    await query(part, 'insert into account values (1, 100), (2, 100)');
    const [one, two] = [await connect(), await connect()];
    try {
      await one.query('begin');
      await two.query('begin');
      await one.query('update account set balance = balance - 10 where id = 1');
      await two.query('update account set balance = balance - 10 where id = 2');
      const crossed = await Promise.allSettled([
        one.query('update account set balance = balance + 10 where id = 2'),
        two.query('update account set balance = balance + 10 where id = 1'),
      ]);
      const failures = crossed.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(failures).toEqual([expect.objectContaining({ code: '40P01' })]);
      await one.query('commit');
      await two.query('commit');
    } finally {
      await Promise.all([one.end(), two.end()]);
    }
    expect(await query(part, 'select sum(balance)::int as sum from account')).toEqual([{ sum: 200 }]);
  });

  test('refuses a second start in the same app and names the process that has it', async () => {
    const second = app.start();
    await expect(second).rejects.toThrow(LocalPostgresError);
    await expect(second).rejects.toThrow(`in use by process ${process.pid}`);
    await expect(freshPostgres(app.context, 'db')).rejects.toThrow(`in use by process ${process.pid}`);
    expect(await query(part, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is there again after a stop, at the same port, with its rows; a fresh one is empty', async () => {
    await query(part, 'create table kept as select 1 as id');
    const address = part.address;
    // Of a port that the system hands out, anybody's next connection could take hold meanwhile.
    expect(Number(new URL(part.env['DATABASE_URL'] ?? '').port)).toBeLessThan(32_768);
    await part.stop();
    await expect(query(part, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    part = await app.start();
    expect(part.address).toBe(address);
    expect(await query(part, 'select id from kept')).toEqual([{ id: 1 }]);

    await part.stop();
    await freshPostgres(app.context, 'db');
    expect(existsSync(join(app.context.stateDir, 'postgres/db'))).toBe(false);
    part = await app.start();
    await expect(query(part, 'select id from kept')).rejects.toMatchObject({ code: '42P01' });
  });
});

describe('a database of the user', () => {
  test('DATABASE_URL wins: nothing is started, and the password is not shown', async () => {
    const app = makeApp({ env: { DATABASE_URL: 'postgres://me:s3cret@db.example:6432/mine' } });
    const part = await app.start();
    expect(part.env).toEqual({ DATABASE_URL: 'postgres://me:s3cret@db.example:6432/mine' });
    expect(part.title).toContain('DATABASE_URL');
    expect(part.address).toBe('db.example:6432/mine');
    expect(existsSync(app.context.stateDir)).toBe(false);
    await app.remove();
  });

  test('a DATABASE_URL that is none is refused without repeating it', async () => {
    const app = makeApp({ env: { DATABASE_URL: 'mysql://me:s3cret@db.example/mine' } });
    const error = await app.start().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LocalPostgresError);
    expect(String(error)).toContain('DATABASE_URL');
    expect(JSON.stringify(error) + String(error)).not.toContain('s3cret');
    await app.remove();
  });

  test('KEELSON_POSTGRES_BIN without a server is named as the reason', async () => {
    const app = makeApp({ env: { KEELSON_POSTGRES_BIN: '/nowhere' } });
    await expect(app.start()).rejects.toThrow('KEELSON_POSTGRES_BIN: /nowhere');
    await app.remove();
  });
});
