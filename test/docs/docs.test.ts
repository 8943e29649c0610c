import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type App, contractOf } from '@keelson/contract';
import { expect, test } from 'vitest';
import { repository } from '../support/imports.ts';
import { fences, writeProject } from './fences.ts';
import { generatedPages } from './generated.ts';

const read = (page: string) => readFileSync(join(repository, page), 'utf8');

test.each([...generatedPages()])('%s is what the code says (else: npm run docs:contract)', (page, text) => {
  expect(read(page)).toBe(text);
});

test('every TypeScript example in the documents compiles', () => {
  const examples = fences();
  expect(examples.length).toBeGreaterThan(0);
  const folder = writeProject(examples);
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  expect(stdout + stderr).toBe('');
});

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(repository, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

test.each(pages)('%s links only to files that are there', (page) => {
  const targets = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(
    (match) => match[1] ?? '',
  );
  expect(targets.filter((target) => !existsSync(join(repository, dirname(page), target)))).toEqual([]);
});

const kitNames = [
  'ENV',
  'APP_SECRET_KEY',
  'AUTH0_DOMAIN',
  'AUTH0_CLIENT_ID',
  'AUTH0_CLIENT_SECRET',
  'AUTH0_CALLBACK_URL',
  'AUTH0_LOGOUT_URL',
];

test.each([
  ['sso', kitNames],
  ['shows', []],
  ['quick', ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET', 'SECRET_KEY']],
])('.env.example of %s names every variable of its contract, and those of the kit', async (template, kit) => {
  const config = pathToFileURL(join(repository, `templates/${template}/keelson.config.ts`)).href;
  const { default: app } = (await import(config)) as { default: App };
  const { service, resources } = contractOf(app, 'api');
  const contract = [...service, ...resources.flatMap(({ forms }) => forms.flat())].map(({ name }) => name);
  const example = read(`templates/${template}/.env.example`);
  const named = [...example.matchAll(/^(?:# )?([A-Z0-9_]+)=/gm)].map((match) => match[1]);
  expect([...contract, ...kit].filter((name) => !named.includes(name))).toEqual([]);
});
