import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrate, MigrationError } from '../../src/data/postgres/index.ts';
import { sqlOn, startServer, type TestServer } from './database.ts';

let server: TestServer;
let url: string;
let folder: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.remove());
beforeEach(async () => {
  url = await server.emptyDatabase();
  folder = mkdtempSync(join(tmpdir(), 'keelson-migrations-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

const run = (more: Partial<Parameters<typeof migrate>[0]> = {}) =>
  migrate({ env: { DATABASE_URL: url }, folder, ...more });
const names = (result: Awaited<ReturnType<typeof migrate>>) => result.steps.map(({ name }) => name);
const table = (name: string) => `await sql\`create table ${name} (id int)\`.execute(db);`;

function write(name: string, body: string): void {
  const kysely = import.meta.resolve('kysely');
  writeFileSync(join(folder, name), `import { sql } from '${kysely}';\nexport async function up(db) { ${body} }\n`);
}

async function tables(): Promise<string[]> {
  const rows = await sqlOn(url, "select table_name from information_schema.tables where table_schema = 'public'");
  return rows
    .map((row) => String(row['table_name']))
    .filter((name) => !/migration/.test(name))
    .sort();
}

describe('migrate', () => {
  test("applies Keelson's own tables and the app's migrations in order, once", async () => {
    write('002-b.mjs', table('b'));
    write('001-a.mjs', table('a'));
    expect(names(await run())).toEqual(['001-sessions', '002-migration-hashes', '003-mail', '001-a', '002-b']);
    expect(await tables()).toEqual(['a', 'b', 'keelson_mail', 'keelson_once', 'keelson_sessions']);
    expect(names(await run())).toEqual([]);
  });

  test('a dry run shows what is pending and writes nothing', async () => {
    write('001-a.mjs', table('a'));
    const result = await run({ dryRun: true });
    expect(result.steps.at(-1)).toEqual({ owner: 'app', name: '001-a', file: join(folder, '001-a.mjs') });
    expect(await tables()).toEqual([]);
  });

  test('takes migrations as values, for a bundle', async () => {
    const up = async (db: Kysely<unknown>) => void (await sql`create table bundled (id int)`.execute(db));
    await migrate({ env: { DATABASE_URL: url }, migrations: { '001-bundled': { up } } });
    expect(await tables()).toContain('bundled');
  });

  test('one that fails is named with its file, and the whole run is undone', async () => {
    write('001-a.mjs', table('a'));
    write('002-bad.mjs', `${table('half')} await sql\`nonsense\`.execute(db);`);
    const error = await run().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MigrationError);
    expect(error).toMatchObject({
      message: expect.stringContaining(`The migration 002-bad failed (${join(folder, '002-bad.mjs')})`),
      hint: expect.stringContaining('Nothing was changed'),
    });
    expect(await tables()).toEqual(['keelson_mail', 'keelson_once', 'keelson_sessions']);
    write('002-bad.mjs', table('whole'));
    const fixed = await migrate({ env: { DATABASE_URL: url }, folder, importFile: freshImport });
    expect(names(fixed)).toEqual(['001-a', '002-bad']);
  });

  test('runs at the same time wait for one another', async () => {
    write('001-a.mjs', `${table('a')} await sql\`select pg_sleep(0.3)\`.execute(db);`);
    const results = await Promise.all([run(), run(), run()]);
    expect(results.flatMap(names).filter((name) => name === '001-a')).toHaveLength(1);
  });

  test('an applied one that is gone, and a new one that sorts before it, are errors with a way out', async () => {
    write('002-b.mjs', table('b'));
    await run();
    write('001-a.mjs', table('a'));
    await expect(run()).rejects.toMatchObject({
      message: expect.stringContaining('001-a was never applied, but its name sorts before 002-b'),
      hint: expect.stringContaining('Rename it'),
    });
    rmSync(join(folder, '002-b.mjs'));
    rmSync(join(folder, '001-a.mjs'));
    await expect(run()).rejects.toMatchObject({
      message: expect.stringContaining('002-b was applied to this database, but is not there any more'),
      hint: expect.stringContaining('--fresh'),
    });
  });

  test('one whose file was changed after it was applied is reported; other line endings are no change', async () => {
    write('001-a.mjs', table('a'));
    await run();
    const file = join(folder, '001-a.mjs');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    expect((await run()).edited).toEqual([]);
    write('001-a.mjs', `${table('a')} // changed`);
    expect((await run()).edited).toEqual(['001-a']);
  });

  test('a file that cannot be used is named, and nothing is done', async () => {
    write('001-a.mjs', table('a'));
    writeFileSync(join(folder, '002-empty.mjs'), 'export const down = 1;');
    await expect(run()).rejects.toThrow(`${join(folder, '002-empty.mjs')} exports no function \`up\``);
    writeFileSync(join(folder, '002-empty.mjs'), 'export async function up( {');
    await expect(run({ importFile: freshImport })).rejects.toThrow(`${join(folder, '002-empty.mjs')} cannot be loaded`);
    expect(await tables()).toEqual([]);
  });

  test('without a database in the environment says which variable is missing', async () => {
    await expect(migrate({ env: {}, folder })).rejects.toMatchObject({ problems: [{ path: 'DATABASE_URL' }] });
  });
});

let imports = 0;

/** `import()` keeps what it loaded before. */
function freshImport(file: string): Promise<Record<string, unknown>> {
  return import(/* @vite-ignore */ `${file}?${++imports}`) as Promise<Record<string, unknown>>;
}
