import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrateLocal } from '../../src/local/postgres/index.ts';
import { makeApp, query, resource, writeMigration } from './app.ts';

const bin = fileURLToPath(new URL('../../bin/keelson.js', import.meta.url));
const config = `export default {
  name: 'notes', region: 'eu-central-1', resources: { db: { kind: 'postgres' } },
  services: { api: { source: 'main.ts', compute: 'fargate', uses: ['db'] } },
};`;
const table = '  await sql`create table note (id int)`.execute(db);';

describe('keelson migrate', () => {
  const app = makeApp();
  const { root } = app.context;

  beforeAll(() => {
    writeFileSync(join(root, 'package.json'), '{"type":"module"}');
    writeFileSync(join(root, 'keelson.config.ts'), config);
    writeFileSync(join(root, 'main.ts'), '');
    writeMigration(root, '001-note.ts', table);
  });
  afterAll(() => app.remove());

  test('starts the local database when nothing runs, shows what is pending, applies it, and has nothing to do then', async () => {
    const shown = await keelson(root, ['migrate', '--dry-run']);
    expect(shown).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('pending  001-note (migrations/001-note.ts)'),
    });
    const applied = await keelson(root, ['migrate']);
    expect(applied).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('applied  001-note (migrations/001-note.ts)'),
    });
    const part = await app.start();
    expect(await query(part, 'select * from note')).toEqual([]);
    await part.stop();
  });

  test('uses the database of the keelson dev that runs, and names the file of a migration that fails', async () => {
    const part = await app.start();
    const again = await keelson(root, ['migrate']);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing to do') });
    writeMigration(
      root,
      '002-half.ts',
      '  await sql`create table half (id int)`.execute(db);\n  await sql`nonsense`.execute(db);',
    );
    const failed = await keelson(root, ['migrate']);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('The migration 002-half failed');
    expect(failed.stderr).toContain(join('migrations', '002-half.ts'));
    expect(await query(part, "select to_regclass('half') as half")).toEqual([{ half: null }]);
    rmSync(join(root, 'migrations/002-half.ts'));
    await part.stop();
  });

  test('under keelson dev a migration that was changed after it was applied is pointed out, one that is gone is an error', async () => {
    const running = await app.start();
    writeMigration(root, '001-note.ts', `${table}\n  // changed`);
    await migrateLocal(app.context, 'db', resource, running);
    expect(app.lines.join('\n')).toContain('001-note was changed after it was applied');
    expect(app.lines.join('\n')).toContain('keelson dev --fresh');
    rmSync(join(root, 'migrations/001-note.ts'));
    await expect(migrateLocal(app.context, 'db', resource, running)).rejects.toMatchObject({
      message: expect.stringContaining('001-note was applied to this database, but is not there any more'),
      hint: expect.stringContaining('keelson dev --fresh'),
    });
  });
});

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function keelson(cwd: string, args: string[]): Promise<Outcome> {
  const { DATABASE_URL: _unset, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
