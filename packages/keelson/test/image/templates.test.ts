import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, dockerfileOf } from '@keelson/contract';
import { synth } from '@keelson/infra';
import { describe, expect, test } from 'vitest';
import { repository } from '../../../../test/support/imports.ts';
import { dockerIgnoreText, isIgnored } from '../../src/image/docker-ignore.ts';
import { dockerfileText } from '../../src/image/dockerfile.ts';
import { parseDockerfile } from '../bundle/dockerfile.ts';

const templates = await Promise.all(
  readdirSync(join(repository, 'templates')).map(async (name) => {
    const root = join(repository, 'templates', name);
    const config: string = join(root, 'keelson.config.ts');
    const { default: app } = (await import(config)) as { default: App };
    return { name, root, app };
  }),
);
const images = templates.flatMap(({ name, root, app }) =>
  Object.keys(app.services).map((service) => {
    const file = dockerfileOf(app.services, service);
    return { image: `${name}/${file}`, app, root, service, text: readFileSync(join(root, file), 'utf8') };
  }),
);

describe.each(images)('$image', ({ app, root, service, text }) => {
  const stages = parseDockerfile(text);
  const last = stages.at(-1);
  const of = (word: string) => last?.instructions.filter((each) => each.word === word).map(({ rest }) => rest) ?? [];

  test('is what `keelson build` would write', () => {
    expect(text).toBe(dockerfileText({ app, service, root }));
  });

  test('pins what it is made from, is not root, starts in exec form, and installs nothing in the end', () => {
    for (const { from } of stages)
      expect(from).toMatch(/^(node:24-slim|nginxinc\/nginx-unprivileged:\d+\.\d+\.\d+-alpine)$/);
    expect(of('USER')).toEqual([expect.stringMatching(/^(node|101)$/)]);
    expect(of('CMD').map((rest) => Array.isArray(JSON.parse(rest)))).toEqual([true]);
    expect(of('RUN')).toEqual([]);
    expect(of('EXPOSE')).toEqual(['8080']);
  });

  test('a volume is what a task on Fargate has mounted: there root alone could write otherwise', () => {
    expect(of('VOLUME').flatMap((rest) => JSON.parse(rest) as unknown)).toEqual(['/tmp']);
  });

  test('no secret gets in by its build', () => {
    expect(text).not.toMatch(/^ARG |SECRET|TOKEN|PASSWORD|SESSION_KEYS|DATABASE_URL/m);
  });
});

test('tasks on Fargate have /tmp mounted, and nothing else', () => {
  const { app } = templates.find(({ name }) => name === 'microservices') ?? { app: undefined };
  const files = app ? [...synth(app).files.values()] : [];
  const mounted = files.flatMap((text) => [...text.matchAll(/containerPath += "([^"]+)"/g)].map(([, path]) => path));
  expect(new Set(mounted)).toEqual(new Set(['/tmp']));
});

describe.each(templates)('.dockerignore of $name', ({ root }) => {
  const text = readFileSync(join(root, '.dockerignore'), 'utf8');

  test('is what `keelson build` would write, and perhaps more', () => {
    expect(text.startsWith(dockerIgnoreText)).toBe(true);
  });

  test.each([
    '.env',
    '.env.production',
    'src/.env',
    '.keelson/postgres/db',
    '.git/config',
    'node_modules/a/index.js',
    'frontend/node_modules/a.js',
    'infra/dev/terraform.tfvars',
    'infra/shared/terraform.tfstate',
    'elsewhere/terraform.tfstate.backup',
    'elsewhere/prod.tfvars',
    'dist/server.js',
    'npm-debug.log',
  ])('keeps %s out', (path) => expect(isIgnored(text, path)).toBe(true));

  test.each([
    'package.json',
    'package-lock.json',
    'keelson.config.ts',
    'src/main.ts',
    'vendor/keelson-runtime-0.1.0.tgz',
    'frontend/public/index.html',
    'migrations/001-notes.ts',
  ])('lets %s in', (path) => expect(isIgnored(text, path)).toBe(false));
});

// As Docker's reference of .dockerignore describes it.
test.each([
  ['.env', '.env', true],
  ['.env', 'a/.env', false],
  ['**/.env', 'a/b/.env', true],
  ['**/.env', '.env', true],
  ['/foo/bar', 'foo/bar', true],
  ['foo', 'foo/bar/baz', true],
  ['foo/', 'foo/bar', true],
  ['*/temp*', 'a/temporary.txt', true],
  ['*/temp*', 'a/b/temp', false],
  ['temp?', 'tempa', true],
  ['temp?', 'temp', false],
  ['a.b', 'axb', false],
  ['# a', '# a', false],
  ['*.md\n!README.md', 'README.md', false],
  ['*.md\n!README.md', 'other.md', true],
  ['!README.md\n*.md', 'README.md', true],
  ['docs\n!docs/keep', 'docs/keep', false],
])('%j on %s: %s', (text, path, expected) => expect(isIgnored(text, path)).toBe(expected));
