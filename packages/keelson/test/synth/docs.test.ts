import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { synth } from '@keelson/infra';
import { describe, expect, test } from 'vitest';
import { repository } from '../../../../test/support/imports.ts';

// What the guides say to type must be what the generated Terraform has.
const template = async (name: string): Promise<App> => {
  const config: string = `../../../../templates/${name}/keelson.config.ts`;
  return ((await import(config)) as { default: App }).default;
};
const sso = await template('sso');
const shows = await template('shows');
const users = await template('users');
const usersWithZone: App = {
  ...users,
  environments: { ...users.environments, prod: { ...users.environments?.['prod'], createZone: true } },
};

function appOn(compute: 'express' | 'fargate'): App {
  const { api } = sso.services;
  const domain = compute === 'fargate' ? { domain: 'notes.example.com' } : {};
  const prod = { ...sso.environments?.['prod'], ...domain };
  return { ...sso, services: api ? { api: { ...api, compute } } : {}, environments: { ...sso.environments, prod } };
}

function delivered(app: App): App {
  const delivery = { provider: 'codepipeline', repository: 'https://github.com/acme/sso' } as const;
  return { ...app, delivery, state: { bucket: 'sso-terraform-state' } };
}

const pages = ['templates/sso/README.md', 'docs/deploy.md', 'docs/terraform.md'];
const text = (page: string) => readFileSync(join(repository, page), 'utf8');
const cases = pages.flatMap((page) => (['express', 'fargate'] as const).map((compute) => ({ page, compute })));

describe.each(cases)('$page is true on $compute', ({ page, compute }) => {
  const { files, problems } = synth(appOn(compute));
  // What the page says of pipelines.
  const shared = synth(delivered(appOn('fargate'))).files;
  const folder = (name: string) =>
    [...files, ...(name === 'shared' ? shared : [])]
      .flatMap(([path, content]) => (path.startsWith(`${name}/`) ? [content] : []))
      .join('\n');
  const filled = text(page)
    .replaceAll('$app', 'sso')
    .replaceAll('$env', 'dev')
    .replaceAll('$service', 'api')
    .replaceAll('$region', 'eu-central-1');

  test('every output is there', () => {
    expect(problems).toEqual([]);
    for (const [, where = '', name = ''] of filled.matchAll(/-chdir=infra\/(\w+) output (?:-raw )?(\w+)/g)) {
      expect(folder(where)).toContain(`output "${name}"`);
    }
  });

  test('every parameter, log group and file is there', () => {
    for (const [, name = ''] of filled.matchAll(/--name (\/\S+)/g)) expect(folder('shared')).toContain(`"${name}"`);
    for (const [, name = ''] of filled.matchAll(/aws logs tail .*? (\/[\w/-]+)/g)) {
      expect(folder('dev')).toMatch(new RegExp(`resource "aws_cloudwatch_log_group" .*\\n +name += "${name}"`));
    }
    for (const [, path = ''] of filled.matchAll(/(?:cp )infra\/(\S+)/g)) expect([...files.keys()]).toContain(path);
    expect(files.get('dev/api.tf')).toContain(filled.includes('No image yet') ? 'No image yet' : '');
  });

  test('every region is the app’s, and Terraform is new enough', () => {
    for (const [, region] of filled.matchAll(/--region (\S+)/g)) expect(region).toBe(sso.region);
    expect(files.get('dev/versions.tf')).toContain('required_version = ">= 1.11"');
  });
});

test('docs/terraform.md lists the files of an environment', () => {
  const listed = [...text('docs/terraform.md').matchAll(/^ {4,}((?:[\w-]+\.tf(?:, )?)+) /gm)].flatMap(
    ([, names = '']) => names.split(', '),
  );
  expect(listed.length).toBeGreaterThan(8);
  const filesOf = (app: App) =>
    [...synth(app).files.keys()].flatMap((path) => (path.endsWith('.tf') ? [path.split('/')[1]] : []));
  const everywhere = new Set([delivered(appOn('fargate')), shows, usersWithZone].flatMap(filesOf));
  expect(listed.filter((name) => !everywhere.has(name))).toEqual([]);
  const unsaid = ['account.tf', 'backend.tf', 'versions.tf'];
  expect([...everywhere].filter((name) => name && !listed.includes(name) && !unsaid.includes(name))).toEqual([]);
});

test('the README of users names outputs that are there', () => {
  const readme = text('templates/users/README.md');
  const { files } = synth(usersWithZone);
  const outputs = (folder: string) => [...files].filter(([path]) => path.startsWith(`${folder}/`)).join('\n');
  const named = [...readme.matchAll(/-chdir=infra\/(\S+) output (?:-raw )?(\w+)/g)];
  expect(named.length).toBeGreaterThan(4);
  for (const [, folder = '', name = ''] of named) {
    expect(outputs(folder === '$env' ? 'development' : folder)).toContain(`output "${name}"`);
  }
  expect(outputs('development')).toContain('output "mail_steps"');
  expect(outputs('shared')).toContain('output "users_example_com_name_servers"');
});

test('every command of Keelson in the guides is one', async () => {
  const cli = readFileSync(join(repository, 'packages/keelson/src/cli.ts'), 'utf8');
  for (const page of [...pages, 'templates/users/README.md']) {
    for (const [, name = ''] of text(page).matchAll(/npx keelson (\w+)/g))
      expect(cli).toMatch(new RegExp(`^ {2}${name}: `, 'm'));
  }
});
