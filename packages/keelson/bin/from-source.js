// A clone has TypeScript sources and no build. They are compiled when one of them has changed, in a fraction of a second.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const sources = new URL('../src/', import.meta.url);
const cache = fileURLToPath(new URL('../../../node_modules/.cache/keelson/', import.meta.url));
// What they export decides what an import means.
const packages = ['contract', 'runtime', 'infra', 'keelson'].map((name) =>
  fileURLToPath(new URL(`../../${name}/package.json`, import.meta.url)),
);
const manifest = join(cache, 'command.json');

/** Address of the module made of src/bin.ts. */
export async function commandFromSource() {
  const known = readManifest();
  const file = known && isCurrent(known.inputs) ? known.file : await compile();
  return pathToFileURL(file).href;
}

async function compile() {
  mkdirSync(cache, { recursive: true });
  const outdir = mkdtempSync(join(cache, 'command-'));
  const bundler = join(outdir, 'source-bundle.mjs');
  const { transform } = await import('esbuild');
  const { code } = await transform(readFileSync(new URL('source-bundle.ts', sources), 'utf8'), { loader: 'ts' });
  writeFileSync(bundler, code);
  const { bundleSources } = await import(pathToFileURL(bundler).href);
  const entries = { bin: fileURLToPath(new URL('bin.ts', sources)) };
  const bundle = await bundleSources({ entries, outdir, conditions: ['keelson-source'] });
  const file = bundle.file('bin');
  const inputs = Object.fromEntries([...bundle.inputs, ...packages].map((input) => [input, stamp(input)]));
  writeFileSync(`${manifest}.${process.pid}`, JSON.stringify({ file, inputs }));
  renameSync(`${manifest}.${process.pid}`, manifest);
  removeOld();
  return file;
}

/** A command that runs may still load a part of what it was started from: only what is a day old goes. */
function removeOld() {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (name.startsWith('command-') && age > 86_400_000) rmSync(folder, { recursive: true, force: true });
  }
}

function readManifest() {
  try {
    return JSON.parse(readFileSync(manifest, 'utf8'));
  } catch {
    return undefined;
  }
}

function isCurrent(inputs) {
  return Object.entries(inputs).every(([file, known]) => stamp(file) === known);
}

function stamp(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size}` : '';
}
