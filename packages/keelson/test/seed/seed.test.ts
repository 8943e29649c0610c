import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sqlOn, startServer, type TestServer } from '../../../runtime/test/data/database.ts';
import { cleanUp, keelson, makeFolder, writeFiles } from '../dev/harness.ts';
import { makeApp, resource } from '../local-postgres/app.ts';
import { startPostgres } from '../../src/local/postgres/index.ts';

const config = `export default {
  name: 'notes', region: 'eu-central-1', resources: { db: { kind: 'postgres' } },
  services: { api: { source: 'main.ts', compute: 'fargate', uses: ['db'] } },
};
`;
const kysely = JSON.stringify(import.meta.resolve('kysely'));
const migration = `import { sql } from ${kysely};
export const up = (db) => sql\`create table note (text text unique)\`.execute(db);
`;
const seed = (text: string) => `import { sql } from ${kysely};
export default async function seed(db) {
  await sql\`insert into note (text) values (${text}) on conflict do nothing\`.execute(db);
}
`;
const files = { 'keelson.config.ts': config, 'main.ts': '', 'migrations/001-note.ts': migration };

let server: TestServer;
beforeAll(async () => void (server = await startServer()));
afterEach(cleanUp);
afterAll(() => server?.remove());

async function run(cwd: string, args: string[], env: Record<string, string> = {}) {
  const { ended, output } = keelson(cwd, args, env);
  return { code: await ended, output: output() };
}

const notes = (url: string) => sqlOn(url, 'select text from note order by text');

test('seeds run in the order of their names, as often as one likes', async () => {
  const root = await makeFolder({ ...files, 'seeds/002-b.ts': seed("'b'"), 'seeds/001-a.ts': seed("'a'") });
  const env = { DATABASE_URL: await server.emptyDatabase() };
  const early = await run(root, ['seed'], env);
  expect(early).toMatchObject({
    code: 1,
    output: expect.stringMatching(/pending: .*001-note[\s\S]*npx keelson migrate/),
  });
  expect((await run(root, ['migrate'], env)).code).toBe(0);
  for (let time = 0; time < 2; time++) {
    const { code, output } = await run(root, ['seed'], env);
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/seeded {2}seeds\/001-a\.ts\nseeded {2}seeds\/002-b\.ts/),
    ]);
  }
  expect(await notes(env.DATABASE_URL)).toEqual([{ text: 'a' }, { text: 'b' }]);
});

test('one that fails is named with its reason, and leaves nothing half', async () => {
  const half = seed("'half'").replace(/\n\}\n$/, "\n  throw new Error('out of ideas');\n}\n");
  const root = await makeFolder({ ...files, 'seeds/001-half.ts': half });
  const env = { DATABASE_URL: await server.emptyDatabase() };
  await run(root, ['migrate'], env);
  const { code, output } = await run(root, ['seed'], env);
  expect([code, output]).toEqual([1, expect.stringContaining('seeds/001-half.ts failed: out of ideas')]);
  expect(await notes(env.DATABASE_URL)).toEqual([]);

  await writeFiles(root, { 'seeds/001-half.ts': 'export const seed = 1;\n' });
  expect((await run(root, ['seed'], env)).output).toContain('001-half.ts exports no function as its default');
  rmSync(join(root, 'seeds'), { recursive: true });
  expect(await run(root, ['seed'], env)).toMatchObject({ code: 1, output: expect.stringContaining('has no seeds') });
});

test('a database on another machine is left alone without --yes, and no password is shown', async () => {
  const root = await makeFolder({ ...files, 'seeds/001-a.ts': seed("'a'") });
  const env = { DATABASE_URL: 'postgres://app:hunter2@db.invalid/app' };
  const refused = await run(root, ['seed'], env);
  expect(refused).toMatchObject({
    code: 1,
    output: expect.stringMatching(/not on this machine[\s\S]*npx keelson seed --yes/),
  });
  // With it, it gets as far as the name that leads nowhere.
  const tried = await run(root, ['seed', '--yes'], env);
  expect([tried.code, tried.output]).toEqual([1, expect.stringMatching(/DATABASE_URL leads to db\.invalid/)]);
  expect(refused.output + tried.output).not.toContain('hunter2');
});

test('the local database is used without DATABASE_URL: that of the keelson dev that runs', async () => {
  const app = makeApp();
  try {
    await writeFiles(app.context.root, {
      ...files,
      'package.json': '{"type":"module"}',
      'seeds/001-a.ts': seed("'a'"),
    });
    const part = await startPostgres(app.context, 'db', resource);
    try {
      expect((await run(app.context.root, ['migrate'])).code).toBe(0);
      const { code, output } = await run(app.context.root, ['seed']);
      expect([code, output]).toEqual([0, expect.stringContaining('of the running keelson dev')]);
      expect(await notes(part.env['DATABASE_URL'] ?? '')).toEqual([{ text: 'a' }]);
    } finally {
      await part.stop();
    }
  } finally {
    await app.remove();
  }
});
