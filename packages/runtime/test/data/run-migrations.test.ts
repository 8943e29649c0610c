import { type Kysely, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { runMigrations } from '../../src/data/postgres/index.ts';
import { type FakeAws, startFakeAws } from '../config/aws.ts';
import { sqlOn, startServer, type TestServer } from './database.ts';

const masterPassword = 'p@ss/w:rd%?#';
let server: TestServer;
let aws: FakeAws;
/** The database as its owner, who is no superuser: like the master on RDS. */
let ownerUrl: string;
let adminUrl: string;
let env: Record<string, string>;
/** Of its own in each test: roles belong to the whole server. */
let user: string;
let made = 0;
let printed: string[];

beforeAll(async () => {
  [server, aws] = await Promise.all([startServer(), startFakeAws()]);
  const admin = new URL(server.url);
  admin.username = 'keelson_admin';
  admin.pathname = '/postgres';
  adminUrl = admin.href;
  for (const statement of [
    'create role rds_iam',
    `create role master login createrole password '${masterPassword}'`,
    'grant rds_iam to master with admin option',
  ])
    await sqlOn(adminUrl, statement);
});

afterAll(() => Promise.all([server.remove(), aws.close()]));

beforeEach(async () => {
  const owner = new URL(await server.emptyDatabase());
  user = `app-${++made}`;
  const database = owner.pathname.slice(1);
  await sqlOn(adminUrl, `alter database ${database} owner to master`);
  owner.username = 'master';
  owner.password = encodeURIComponent(masterPassword);
  ownerUrl = owner.href;
  aws.secret.AWSCURRENT = JSON.stringify({ username: 'master', password: masterPassword });
  env = {
    DATABASE_AUTH: 'iam',
    PGHOST: owner.hostname,
    PGPORT: owner.port,
    PGDATABASE: database,
    PGUSER: user,
    DATABASE_MASTER_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!cluster-1-AbCdEf',
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
  };
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'y');
  printed = [];
  const note = (text: string | Uint8Array) => printed.push(String(text)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(note);
  vi.spyOn(process.stderr, 'write').mockImplementation(note);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const hostile = 'o"; drop role master; --';
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const output = () => printed.join('');

const migrations = {
  '001-things': {
    up: async (db: Kysely<unknown>) => {
      await sql`create table things (id bigserial primary key, name text)`.execute(db);
      await sql`create schema audit`.execute(db);
      await sql`create table audit.entries (id int)`.execute(db);
    },
  },
};

/** A connection as the user that services have; a token is its password on RDS, here it is given one. */
async function asUser(name = user): Promise<string> {
  await sqlOn(adminUrl, `alter role ${quoted(name)} password 'local'`);
  const url = new URL(ownerUrl);
  url.username = encodeURIComponent(name);
  url.password = 'local';
  return url.href;
}

test('makes the user that signs in by IAM, and migrates as the master', async () => {
  expect(await runMigrations(migrations, { env })).toBe(0);
  expect(output()).toMatch(
    /The user app-\d is there[\s\S]*applied {2}001-sessions \(Keelson's own tables\)[\s\S]*applied {2}001-things\nDone/,
  );
  const roles = await sqlOn(
    adminUrl,
    'select r.rolname from pg_auth_members m join pg_roles r on r.oid = roleid where member = $1::text::regrole',
    [quoted(user)],
  );
  expect(roles).toEqual([{ rolname: 'rds_iam' }]);
  const [table] = await sqlOn(ownerUrl, "select tableowner from pg_tables where tablename = 'things'");
  expect(table).toEqual({ tableowner: 'master' });
});

test('the user reads and writes what migrations made, sequences and other schemas too, and changes no table', async () => {
  await runMigrations(migrations, { env });
  const url = await asUser();
  await sqlOn(url, "insert into things (name) values ('a')");
  await sqlOn(url, 'insert into audit.entries values (1)');
  await sqlOn(url, 'insert into keelson_sessions values ($1, now(), now())', ['k']);
  expect(await sqlOn(url, "update things set name = 'b' returning id")).toEqual([{ id: '1' }]);
  await sqlOn(url, 'delete from things');
  for (const statement of [
    'drop table things',
    'alter table things add x int',
    'create table mine (id int)',
    'create role x',
  ]) {
    await expect(sqlOn(url, statement)).rejects.toMatchObject({ code: '42501' });
  }
});

test('running it again changes nothing, and a later migration needs no grants of its own', async () => {
  await runMigrations(migrations, { env });
  printed = [];
  expect(await runMigrations(migrations, { env })).toBe(0);
  expect(output()).toContain('Nothing to do');
  const up = async (db: Kysely<unknown>) => void (await sql`create table later (id int)`.execute(db));
  expect(await runMigrations({ ...migrations, '002-later': { up } }, { env })).toBe(0);
  await sqlOn(await asUser(), 'insert into later values (1)');
});

test('three runs at once all end well', async () => {
  expect(await Promise.all([1, 2, 3].map(() => runMigrations(migrations, { env })))).toEqual([0, 0, 0]);
});

test('what the master made before there was the user is granted too; others’ tables stay theirs', async () => {
  await sqlOn(ownerUrl, 'create table before (id int)');
  const theirs = new URL(adminUrl);
  theirs.pathname = new URL(ownerUrl).pathname;
  await sqlOn(theirs.href, 'create table extension_stats (id int)');
  expect(await runMigrations({}, { env })).toBe(0);
  const url = await asUser();
  await sqlOn(url, 'insert into before values (1)');
  await expect(sqlOn(url, 'select * from extension_stats')).rejects.toMatchObject({ code: '42501' });
  await sqlOn(theirs.href, 'drop table extension_stats');
});

test('the user’s name is quoted, whatever it is', async () => {
  expect(await runMigrations(migrations, { env: { ...env, PGUSER: hostile } })).toBe(0);
  await sqlOn(await asUser(hostile), 'select * from things');
  expect(await sqlOn(adminUrl, "select 1 as there from pg_roles where rolname = 'master'")).toEqual([{ there: 1 }]);
});

test('without the master’s secret it migrates as whom DATABASE_URL names, and makes no user', async () => {
  expect(await runMigrations(migrations, { env: { DATABASE_URL: ownerUrl } })).toBe(0);
  expect(await sqlOn(adminUrl, 'select 1 from pg_roles where rolname = $1', [user])).toEqual([]);
});

test('a migration that fails ends with 1 and says which; nothing of it stays', async () => {
  const up = async (db: Kysely<unknown>) => void (await sql`select 1 / 0`.execute(db));
  expect(await runMigrations({ ...migrations, '002-broken': { up } }, { env })).toBe(1);
  expect(output()).toMatch(/002-broken failed: division by zero\nNothing was changed/);
  expect(await sqlOn(ownerUrl, "select 1 from pg_tables where tablename = 'things'")).toEqual([]);
});

describe('going back to an image before a migration', () => {
  const up = async (db: Kysely<unknown>) => void (await sql`create table later (id int)`.execute(db));
  const newer = { ...migrations, '002-later': { up } };
  const goBack = (to: typeof migrations | object) =>
    runMigrations(to as typeof migrations, { env: { ...env, KEEP_NEWER_MIGRATIONS: 'true' } });

  beforeEach(async () => {
    expect(await runMigrations(newer, { env })).toBe(0);
    printed = [];
  });

  test('leaves what is newer, says so, and undoes nothing', async () => {
    expect(await goBack(migrations)).toBe(0);
    expect(output()).toMatch(/Newer than this image, and left as they are: 002-later\. [\s\S]*Done\./);
    expect(await sqlOn(ownerUrl, "select 1 as there from pg_tables where tablename = 'later'")).toEqual([{ there: 1 }]);
    expect(await runMigrations(newer, { env })).toBe(0);
  });

  test('goes back to an image from before the first one too', async () => {
    expect(await goBack({})).toBe(0);
    expect(output()).toContain('001-things, 002-later');
  });

  test('leaves tables of a newer Keelson', async () => {
    await sqlOn(ownerUrl, "insert into keelson_system_migration values ('999-newer', now()::text)");
    expect(await goBack(newer)).toBe(0);
    expect(output()).toContain('left as they are: 999-newer.');
    expect(await runMigrations(newer, { env })).toBe(1);
  });

  test('is no reason to leave anything out when nobody asked for it', async () => {
    for (const KEEP_NEWER_MIGRATIONS of [undefined, '', 'false']) {
      expect(await runMigrations(migrations, { env: { ...env, KEEP_NEWER_MIGRATIONS } })).toBe(1);
      expect(output()).toContain('002-later was applied to this database, but is not there any more');
    }
  });

  test('fails where versions went apart: one is missing in between, or one was never applied', async () => {
    expect(await goBack({ '002-later': { up } })).toBe(1);
    expect(output()).toContain('001-things was applied to this database, but is not there any more');
    expect(await goBack({ ...migrations, '003-other': { up } })).toBe(1);
    expect(output()).toContain('002-later was applied to this database, but is not there any more');
    expect(await goBack({ ...migrations, '001-a-side': { up } })).toBe(1);
  });

  test('applies what is missing when the image is ahead after all', async () => {
    const more = async (db: Kysely<unknown>) => void (await sql`create table more (id int)`.execute(db));
    expect(await goBack({ ...newer, '003-more': { up: more } })).toBe(0);
    expect(output()).toContain('applied  003-more');
  });
});

test('every missing variable is named at once', async () => {
  const { DATABASE_MASTER_SECRET_ARN = '' } = env;
  expect(await runMigrations({}, { env: { DATABASE_MASTER_SECRET_ARN } })).toBe(1);
  expect(output()).toMatch(/PGHOST is missing[\s\S]*PGDATABASE is missing[\s\S]*PGUSER is missing/);
});

test.each([
  ['another secret', '{"token":"hunter2"}'],
  ['no JSON', 'hunter2'],
])('%s in place of the master’s is refused without showing it', async (_title, value) => {
  aws.secret.AWSCURRENT = value;
  expect(await runMigrations({}, { env })).toBe(1);
  expect(output()).toContain('DATABASE_MASTER_SECRET_ARN names a secret without username and password.');
  expect(output()).not.toContain('hunter2');
});

test('security: the master’s password is sent over TLS only, to a server with a certificate that is trusted', async () => {
  // Any name but the loopback's: this machine under another one, which offers no TLS.
  const elsewhere = { ...env, PGHOST: '0.0.0.0' };
  expect(await runMigrations({}, { env: elsewhere })).toBe(1);
  expect(output()).toMatch(/does not support SSL|certificate/);
  expect(output()).not.toContain(masterPassword);
});
