import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { watchSources } from '../../src/local/services/watch.ts';
import { cleanUp, dev, getJson, helloService, makeFolder, makeHello, until } from './harness.ts';

afterEach(cleanUp);

test('a link that leads to itself is named, and everything else goes on', async () => {
  const folder = await makeHello();
  symlinkSync('loop', join(folder, 'src/loop'));
  const run = await dev(folder);
  await run.printed(/src\/loop is not watched: it is a link that leads to itself\. Remove it\./);
  symlinkSync('later', join(folder, 'src/later'));
  await run.printed(/src\/later is not watched/);
  writeFileSync(join(folder, 'src/main.ts'), helloService('again'));
  await until(async () => (await getJson(run.url))['hello'] === 'again');
  expect(run.output().match(/src\/loop is not watched/g)).toHaveLength(1);
});

test('a link to a folder that it is in is not followed; any other is', async () => {
  const root = await makeFolder({ 'src/main.ts': '', 'other/page.html': '' });
  symlinkSync('.', join(root, 'src/self'));
  symlinkSync('..', join(root, 'src/up'));
  symlinkSync('../other', join(root, 'src/other'));
  const seen = new Set<string>();
  const source = (files: readonly string[]) => files.forEach((file) => seen.add(file));
  const watch = await watchSources({ root, source, config: () => {}, trouble: (line) => void seen.add(line) });
  try {
    writeFileSync(join(root, 'src/main.ts'), 'changed');
    writeFileSync(join(root, 'other/page.html'), 'changed');
    await until(() => seen.size >= 3);
    expect([...seen].toSorted()).toEqual(['other/page.html', 'src/main.ts', 'src/other/page.html']);
  } finally {
    await watch.close();
  }
});
