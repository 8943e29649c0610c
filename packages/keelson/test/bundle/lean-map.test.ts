import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { leanMap } from '../../src/build/lean-map.ts';

const entry = fileURLToPath(new URL('../../src/build/program-bundle.ts', import.meta.url));

test('a lean source map says the same of our own lines, and of all others which package they are of', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from ${JSON.stringify(entry)}; export * from 'chokidar';`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['esbuild'],
    minifyWhitespace: true,
    outdir: 'out',
    write: false,
    sourcemap: 'external',
    sourcesContent: false,
  });
  const [mapText = '', code = ''] = outputFiles.map(({ text }) => text);
  const whole = JSON.parse(mapText) as SourceMapPayload;
  const lean = leanMap(whole);
  expect(lean.mappings.length).toBeLessThan(whole.mappings.length / 2);
  const [before, after] = [new SourceMap(whole), new SourceMap(lean)];
  const seen = { ours: 0, theirs: 0 };
  for (const [line, text] of code.split('\n').entries()) {
    for (let column = 0; column < text.length; column += 7) {
      const [wanted, found] = [before.findEntry(line, column), after.findEntry(line, column)];
      if (!('originalSource' in wanted) || !('originalSource' in found)) continue;
      const foreign = /node_modules/.test(wanted.originalSource);
      seen[foreign ? 'theirs' : 'ours']++;
      expect(wanted.originalSource.startsWith(found.originalSource)).toBe(true);
      expect(found.originalSource === wanted.originalSource).toBe(!foreign);
      if (!foreign)
        expect([found.originalLine, found.originalColumn]).toEqual([wanted.originalLine, wanted.originalColumn]);
    }
  }
  expect(seen.ours).toBeGreaterThan(100);
  expect(seen.theirs).toBeGreaterThan(1_000);
});
