import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../support/imports.ts';
import { contractPage } from './contract-page.ts';
import { errorsPage } from './errors-page.ts';
import { fences, writeProject } from './fences.ts';

const read = (page: string) => readFileSync(join(repository, page), 'utf8');

test('docs/contract.md is what the code says (else: npm run docs:contract)', () => {
  expect(read('docs/contract.md')).toBe(contractPage());
});

test('docs/errors.md is what the error registry says (else: npm run docs:contract)', () => {
  expect(read('docs/errors.md')).toBe(errorsPage());
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

test('.env.example of the template names every variable of its contract, and the seven of the kit', () => {
  const named = [...read('templates/sso/.env.example').matchAll(/^([A-Z0-9_]+)=/gm)].map((match) => match[1]);
  expect(named).toEqual(
    expect.arrayContaining([
      'ENV',
      'APP_SECRET_KEY',
      'AUTH0_DOMAIN',
      'AUTH0_CLIENT_ID',
      'AUTH0_CLIENT_SECRET',
      'AUTH0_CALLBACK_URL',
      'AUTH0_LOGOUT_URL',
      'OIDC_PROVIDER',
      'OIDC_ISSUER',
      'OIDC_CLIENT_ID',
      'OIDC_CLIENT_SECRET',
      'SESSION_KEYS',
      'DATABASE_URL',
      'PUBLIC_URL',
      'LOG_LEVEL',
    ]),
  );
});
