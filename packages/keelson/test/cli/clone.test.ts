import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };

interface Outcome {
  readonly code: number;
  readonly output: string;
}

describe('the command of a clone', () => {
  const home = mkdtempSync(join(tmpdir(), 'keelson-clone-'));
  const clone = join(home, 'first');
  beforeAll(() => {
    chmodSync(home, 0o755);
    makeClone(clone);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  function version(folder: string, user: { uid?: number; gid?: number } = {}): Promise<Outcome> {
    const bin = join(folder, 'packages/keelson/bin/keelson.js');
    const own = join(home, `tmp-${user.uid ?? 'me'}`);
    mkdirSync(own, { recursive: true });
    chmodSync(own, 0o777);
    const options = { cwd: '/', env: { PATH: process.env['PATH'], TMPDIR: own }, ...user };
    return new Promise((resolve) => {
      execFile(process.execPath, [bin, '--version'], options, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, output: `${stdout}${stderr}` });
      });
    });
  }

  it('runs for a user who may read the clone but not write to it', async () => {
    const expected = { code: 0, output: `${versionOf(clone)}\n` };
    expect(await version(clone)).toEqual(expected);
    const cache = join(clone, 'node_modules/.cache/keelson');
    chmodSync(cache, 0o555);
    const other = isRoot ? nobody : {};
    expect(await version(clone, other)).toEqual(expected);
    // Changed since: compiled again, in a place of the user's own.
    setVersion(clone, '7.7.7');
    for (const _run of [1, 2]) expect(await version(clone, other)).toEqual({ code: 0, output: '7.7.7\n' });
    chmodSync(cache, 0o755);
  });

  it('that was copied runs the copy’s own sources', async () => {
    await version(clone);
    const copy = join(home, 'second');
    cpSync(clone, copy, { recursive: true, preserveTimestamps: true });
    setVersion(copy, '8.8.8');
    expect(await version(copy)).toEqual({ code: 0, output: '8.8.8\n' });
  });

  it('that is not installed says so, without a stack', async () => {
    const copy = join(home, 'third');
    cpSync(clone, copy, { recursive: true });
    rmSync(join(copy, 'node_modules'), { recursive: true });
    const { code, output } = await version(copy);
    expect(code).toBe(1);
    expect(output).toContain('npm ci');
    expect(output).not.toMatch(/^\s+at /m);
  });
});

/** As little of the repository as `keelson --version` needs. */
function makeClone(folder: string): void {
  for (const part of [
    'packages/keelson/bin',
    'packages/keelson/src',
    'node_modules/esbuild',
    'node_modules/@esbuild',
  ]) {
    cpSync(join(repository, part), join(folder, part), { recursive: true });
  }
  for (const name of ['contract', 'runtime', 'infra', 'keelson']) {
    cpSync(join(repository, 'packages', name, 'package.json'), join(folder, 'packages', name, 'package.json'));
  }
}

function setVersion(folder: string, version: string): void {
  const file = join(folder, 'packages/keelson/package.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version }));
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'packages/keelson/package.json'), 'utf8')) as { version: string })
    .version;
}
