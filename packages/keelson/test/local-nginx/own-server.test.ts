import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from 'keelson/testing';
import { readUri } from '../../src/local/nginx/site/uri.ts';
import { cleanUp, until } from '../dev/harness.ts';
import { paths } from './cases.ts';
import { send } from './requests.ts';
import { makeSite } from './site.ts';

describe('files without nginx', () => {
  let root: string;
  let app: RunningApp;
  beforeAll(async () => {
    root = await makeSite();
    app = await startApp({ root, env: { KEELSON_NGINX: 'off' } });
  });
  afterAll(async () => {
    await app?.stop();
    await cleanUp();
  });

  it('security: nothing beside the folder is served, by no spelling of a path and by no link', async () => {
    const below = ['/out.txt', '/%6fut.txt', '/sub/../out.txt', '/out.txt/', '/out.txt?x'];
    for (const line of [...paths.map(([each]) => each), ...below.map((path) => `GET ${path}`)]) {
      const { body } = await send(app.url, line);
      expect(body.toLowerCase()).not.toMatch(/secret(?!\.txt)|root:/);
    }
    expect((await send(app.url, 'GET /out.txt')).status).toBe(404);
    expect((await send(app.url, 'GET /link.html')).body).toBe('small\n');
  });

  it('a large file comes whole, in parts, and closes when the reader goes away', async () => {
    const bytes = randomBytes(8_000_000);
    const file = join(root, 'site/public/large.bin');
    writeFileSync(file, bytes);
    const digest = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
    const whole = await (await fetch(`${app.url}/large.bin`)).arrayBuffer();
    expect(digest(new Uint8Array(whole))).toBe(digest(bytes));
    const part = await fetch(`${app.url}/large.bin`, { headers: { range: 'bytes=1000000-2999999' } });
    expect(part.status).toBe(206);
    expect(digest(new Uint8Array(await part.arrayBuffer()))).toBe(digest(bytes.subarray(1_000_000, 3_000_000)));
    const leaving = new AbortController();
    const begun = await fetch(`${app.url}/large.bin`, { signal: leaving.signal });
    leaving.abort();
    await begun.body?.cancel().catch(() => {});
    await until(() => !isOpenSomewhere(file));
  });
});

describe('readUri', () => {
  it('never leads up, whatever is sent', () => {
    const parts = fc.constantFrom(
      '/',
      '.',
      '..',
      '%2e',
      '%2F',
      '%2f',
      'a',
      '%',
      '%25',
      '\\',
      '//',
      '?',
      '#',
      '%00',
      '%ff',
      ';',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (list) => {
        const found = readUri(`/${list.join('')}`);
        if (!found) return;
        expect(found.uri).toMatch(/^\//);
        expect(found.uri).not.toMatch(/\/\.{1,2}(\/|$)|\/\/|\0/);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Whether some process has the file open (Linux; elsewhere nobody is asked). */
function isOpenSomewhere(file: string): boolean {
  return list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => list(`/proc/${pid}/fd`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === file));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
