import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cleanUp, keelson, makeFolder } from '../dev/harness.ts';
import { hasTerminal, keelsonAtTerminal } from '../secret/terminal.ts';

const config = (resources: string) => `export default {
  name: 'notes', region: 'eu-central-1', resources: ${resources},
  services: { api: { source: 'main.ts', compute: 'fargate' } },
};
`;
const one = { 'keelson.config.ts': config("{ db: { kind: 'postgres' } }"), 'main.ts': '' };
const url = 'postgres://app:p%40ss@127.0.0.1:5999/notes';

/** Stands for psql: says how it was called. */
const psql = `#!/bin/sh
echo "called with $* and $PGPASSWORD"
exit 3
`;

afterEach(cleanUp);

async function run(cwd: string, args: string[], env: Record<string, string> = {}) {
  const { ended, output } = keelson(cwd, args, env);
  return { code: await ended, output: output() };
}

test('says where the database of DATABASE_URL is, without its password; --url prints the URL alone', async () => {
  const root = await makeFolder(one);
  const shown = await run(root, ['db'], { DATABASE_URL: url });
  expect([shown.code, shown.output]).toEqual([0, expect.stringContaining('127.0.0.1:5999/notes')]);
  expect(shown.output).not.toMatch(/p%40ss|p@ss/);
  expect(await run(root, ['db', '--url'], { DATABASE_URL: url })).toEqual({ code: 0, output: `${url}\n` });
});

test('says how to have a database when there is none', async () => {
  const root = await makeFolder(one);
  for (const args of [['db'], ['db', '--url']]) {
    const { code, output } = await run(root, args);
    expect([code, output]).toEqual([1, expect.stringMatching(/No database runs here[\s\S]*npx keelson dev/)]);
  }
  const none = await makeFolder({ ...one, 'keelson.config.ts': config('{}') });
  expect((await run(none, ['db'])).output).toContain('The app has no database');
});

test('a reference to AWS has no connection string', async () => {
  const root = await makeFolder(one);
  const env = {
    DATABASE_AUTH: 'iam',
    PGHOST: 'db.example.com',
    PGDATABASE: 'app',
    PGUSER: 'app',
    AWS_REGION: 'eu-west-1',
  };
  const { code, output } = await run(root, ['db', '--url'], env);
  expect([code, output]).toEqual([1, expect.stringContaining('DATABASE_URL')]);
});

test('of several databases one is chosen', async () => {
  const two = config("{ db: { kind: 'postgres' }, other: { kind: 'postgres' } }");
  const root = await makeFolder({ ...one, 'keelson.config.ts': two });
  const env = { DATABASE_URL: url };
  expect(await run(root, ['db', '--url'], env)).toMatchObject({
    code: 1,
    output: expect.stringContaining('--resource'),
  });
  expect((await run(root, ['db', '--url', '--resource', 'other'], env)).code).toBe(0);
  const { output } = await run(root, ['db', '--url', '--resource', 'dbx'], env);
  expect(output).toContain('There is: db, other.');
});

test('on a terminal psql is opened: its password in no argument, its exit code kept', async () => {
  if (!hasTerminal()) return console.log('no `script` of util-linux: psql on a terminal was not tried');
  const root = await makeFolder({ ...one, 'bin/psql': psql });
  chmodSync(join(root, 'bin/psql'), 0o755);
  const path = `${join(root, 'bin')}:${process.env['PATH']}`;
  const terminal = keelsonAtTerminal(root, ['db'], { PATH: path, DATABASE_URL: url });
  expect(await terminal.ended()).toBe(3);
  expect(terminal.output()).toContain('called with postgres://app@127.0.0.1:5999/notes and p@ss');
});
