// A clone has TypeScript sources and no build. They are compiled when one of them has changed, in a fraction of a second.
import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sharedCache, usableCache } from './cache.js';

const clone = fileURLToPath(new URL('../../../', import.meta.url));
const sources = new URL('../src/', import.meta.url);
// What they export decides what an import means.
const packages = ['contract', 'runtime', 'infra', 'keelson'].map((name) =>
  fileURLToPath(new URL(`../../${name}/package.json`, import.meta.url)),
);
const manifestName = 'command.json';

/** Address of the module made of src/bin.ts. */
export async function commandFromSource() {
  const file = current(sharedCache(clone)) ?? (await compiledIn(usableCache(clone)));
  return pathToFileURL(file).href;
}

async function compiledIn(cache) {
  return current(cache) ?? (await compile(cache));
}

async function compile(cache) {
  const outdir = mkdtempSync(join(cache, 'command-'));
  // Whoever may read the clone may run what is made of it.
  chmodSync(outdir, 0o755);
  const { bundleSources } = await bundler(outdir);
  const entries = { bin: fileURLToPath(new URL('bin.ts', sources)) };
  const bundle = await bundleSources({ entries, outdir, conditions: ['keelson-source'] });
  const inputs = Object.fromEntries([...bundle.inputs, ...packages].map((input) => [input, stamp(input)]));
  const manifest = join(cache, manifestName);
  // The compiled files name the clone they were made of: a copy of the clone must not run them.
  writeFileSync(
    `${manifest}.${process.pid}`,
    JSON.stringify({ clone, file: relative(cache, bundle.file('bin')), inputs }),
  );
  renameSync(`${manifest}.${process.pid}`, manifest);
  removeOld(cache);
  return bundle.file('bin');
}

async function bundler(outdir) {
  const { transform } = await import('esbuild');
  const { code } = await transform(readFileSync(new URL('source-bundle.ts', sources), 'utf8'), { loader: 'ts' });
  const file = join(outdir, 'source-bundle.mjs');
  // The folder may lie where the clone's packages are not found.
  writeFileSync(file, code.replace(/from "esbuild"/, `from ${JSON.stringify(import.meta.resolve('esbuild'))}`));
  return import(pathToFileURL(file).href);
}

/** A command that runs may still load a part of what it was started from: only what is a day old goes. */
function removeOld(cache) {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (name.startsWith('command-') && age > 86_400_000) removeIfMine(folder);
  }
}

function removeIfMine(folder) {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another user's: theirs to remove.
  }
}

/** The file that was compiled there, when it is of this clone as it is now and may be read. */
function current(cache) {
  try {
    const known = JSON.parse(readFileSync(join(cache, manifestName), 'utf8'));
    if (known.clone !== clone) return undefined;
    const file = join(cache, known.file);
    accessSync(file, constants.R_OK);
    return Object.entries(known.inputs).every(([input, then]) => stamp(input) === then) ? file : undefined;
  } catch {
    return undefined;
  }
}

function stamp(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size}` : '';
}
