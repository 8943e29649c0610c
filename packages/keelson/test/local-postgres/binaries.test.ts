import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBinaries } from '../../src/local/postgres/binaries.ts';
import { cachedCopy, packagedBinaries, usableInPlace } from '../../src/local/postgres/packaged.ts';
import { makeApp } from './app.ts';

const asRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };
const [packaged = ''] = packagedBinaries(undefined);

describe.runIf(packaged !== '')('the packaged PostgreSQL', () => {
  const home = mkdtempSync(join(tmpdir(), 'keelson-home-'));
  const cache = mkdtempSync(join(tmpdir(), 'keelson-cache-'));
  const native = join(home, 'native');

  beforeAll(() => {
    chmodSync(cache, 0o755);
    // As npm leaves it when install scripts are blocked: without the links between the libraries.
    cpSync(dirname(packaged), native, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
  });
  afterAll(() => {
    for (const folder of [home, cache]) rmSync(folder, { recursive: true, force: true });
  });

  test('gets the links that its install script would have made', async () => {
    expect(existsSync(join(native, 'lib/libpq.so.5'))).toBe(false);
    expect(usableInPlace(native, undefined)).toBe(true);
    const { version } = await findBinaries({ KEELSON_POSTGRES_BIN: join(native, 'bin') }, undefined);
    expect(version).toMatch(/^\d+\.\d+$/);
  });

  test.runIf(asRoot)('where its user cannot come it is copied to a place that it can enter, once', async () => {
    expect(usableInPlace(native, nobody)).toBe(false);
    const copy = cachedCopy(native, 'test', nobody, [cache]) ?? '';
    expect(cachedCopy(native, 'test', nobody, [cache])).toBe(copy);
    const app = makeApp({ env: { KEELSON_POSTGRES_BIN: join(copy, 'bin') } });
    const part = await app.start();
    expect(part.title).toMatch(/^PostgreSQL \d/);
    await app.remove();
  });

  test.runIf(asRoot)('a copy that belongs to somebody else is not trusted', () => {
    const copy = cachedCopy(native, 'theirs', nobody, [cache]) ?? '';
    chownSync(dirname(copy), nobody.uid, nobody.gid);
    expect(cachedCopy(native, 'theirs', nobody, [cache])).toBeUndefined();
  });
});

test('a named folder without PostgreSQL is an error that says what belongs there', async () => {
  const env = { KEELSON_POSTGRES_BIN: tmpdir() };
  await expect(findBinaries(env, undefined)).rejects.toMatchObject({ hint: expect.stringContaining('initdb') });
});
