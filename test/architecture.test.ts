import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, importsUnder, repository } from './support/imports.ts';

// The same rules are in .oxlintrc.json, for the editor; this test reads the imports as they are, whatever the linter does.

const ourPackage = /^(@keelson\/(contract|runtime|infra)|keelson)(\/|$)/;

/** Packages of this repository that each package may import. */
const allowedPackages: Record<string, string[]> = {
  contract: [],
  runtime: ['@keelson/contract'],
  infra: ['@keelson/contract'],
  keelson: ['@keelson/contract', '@keelson/runtime', '@keelson/infra'],
};

/** Folders of the runtime that each of its folders may import, beside itself; config and log are one layer. */
const allowedLayers: Record<string, string[]> = {
  errors: [],
  config: ['errors', 'log'],
  log: ['errors', 'config'],
  data: ['errors', 'config', 'log'],
  mail: ['errors', 'config', 'log', 'data'],
  auth: ['errors', 'config', 'log', 'data', 'mail'],
  http: ['errors', 'config', 'log', 'data', 'mail', 'auth'],
};

describe.each(Object.entries(allowedPackages))('packages/%s', (name, allowed) => {
  const imports = importsUnder(`packages/${name}/src`);

  test(`imports no package of ours but ${allowed.join(', ') || 'none'}`, () => {
    expect(imports.filter(({ to }) => ourPackage.test(to) && !allowed.includes(packageOf(to)))).toEqual([]);
  });

  test('reaches into no other package by a path', () => {
    expect(imports.filter(({ to }) => to.startsWith('packages/') && !to.startsWith(`packages/${name}/`))).toEqual([]);
  });
});

test('contract depends on TypeBox alone', () => {
  const foreign = importsUnder('packages/contract/src').filter(({ to }) => !to.startsWith('packages/'));
  expect(foreign.filter(({ to }) => packageOf(to) !== 'typebox')).toEqual([]);
});

test('inside the runtime: errors ← config, log ← data ← mail ← auth ← http', () => {
  const wrong = importsUnder('packages/runtime/src').filter((found) => {
    const from = layerOf(found.from);
    const to = layerOf(found.to);
    return from !== undefined && to !== undefined && from !== to && !(allowedLayers[from] ?? []).includes(to);
  });
  expect(wrong).toEqual([]);
});

test.each(readdirSync(join(repository, 'templates')))('templates/%s imports published entry points only', (name) => {
  const folder = `templates/${name}`;
  const outside = ({ to }: Import) =>
    to.startsWith('packages/') || to.startsWith('../') || to.includes('/src/') || to.includes('/dist/');
  const own = ({ to }: Import) => to.startsWith(`${folder}/`);
  const imports = importsUnder(folder);
  expect(imports.filter((found) => !own(found) && outside(found))).toEqual([]);
  expect(imports.filter(({ to }) => packageOf(to) === '@keelson/infra')).toEqual([]);
});

test('nothing imports keelson, but tests import keelson/testing', () => {
  const folders = ['packages/contract', 'packages/runtime', 'packages/infra', 'templates', 'test', 'bench'];
  const wrong = folders.flatMap(importsUnder).filter(({ from, to }) => {
    if (packageOf(to) !== 'keelson') return false;
    return to !== 'keelson/testing' || !/(^|\/)(test|bench)\//.test(from);
  });
  expect(wrong).toEqual([]);
});

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function layerOf(path: string): string | undefined {
  return /^packages\/runtime\/src\/([^/]+)\//.exec(path)?.[1];
}
