import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { secretsOf } from '../../src/secrets-of.ts';
import { environmentOf, environmentStack, usersResources, usersWith } from './apps.ts';
import { containersOf, sidsOf } from './statements.ts';

const service = { source: 'src/main.ts', compute: 'fargate' } as const;

describe('`uses` gives everything of a resource to that service alone', () => {
  const stack = environmentStack(
    usersWith({
      services: { api: { ...service, uses: Object.keys(usersResources) }, other: { ...service, uses: ['db'] } },
    }),
  );
  test.each([
    ['accounts', /^(ACCOUNT|ADMIN)_/, ['ReadAccountKeys']],
    ['mail', /^MAIL_/, ['SendMail']],
    ['log search', /^$/, ['SendToLogs', 'WriteOwnLog']],
  ])('%s', (_, names, sids) => {
    const given = (of: string) => Object.keys(environmentOf(stack, of)).filter((name) => names.test(name));
    expect(given('api').length > 0).toBe(names.source !== '^$');
    expect(given('other')).toEqual([]);
    expect(sidsOf(stack, 'api_task')).toEqual(expect.arrayContaining(sids));
    for (const sid of sids) expect(sidsOf(stack, 'other_task')).not.toContain(sid);
  });

  test('the log router stands beside the service that uses it', () => {
    expect(containersOf(stack, 'api').map(({ name }) => name)).toEqual(['api', 'log-router']);
    expect(containersOf(stack, 'other').map(({ name }) => name)).toEqual(['other']);
  });
});

describe('accounts', () => {
  const given = (resource: object) => {
    const accounts = { kind: 'accounts', ...resource } as const;
    return environmentOf(environmentStack(usersWith({ resources: { ...usersResources, accounts } })), 'api');
  };

  test('the keys are made in AWS, and known to no operator', () => {
    expect(secretsOf(usersWith(), 'dev')).toEqual([
      expect.objectContaining({ name: 'ACCOUNT_KEYS', secretId: 'users/dev/ACCOUNT_KEYS', generated: true }),
    ]);
  });

  test('`first` asks for the address of the first administrator, and refuses what is none', () => {
    expect(given({})).toMatchObject({ ACCOUNT_REGISTRATION: 'first', ADMIN_EMAIL: { path: 'var.admin_email' } });
    const files = synth(usersWith()).files;
    expect(files.get('dev/terraform.tfvars.example')).toContain('admin_email = "admin@example.com"');
    expect(files.get('dev/variables.tf')).toContain('condition     = can(regex(');
  });

  test('`domain` and `open` say whose addresses are taken', () => {
    const domains = ['example.com', 'example.org'];
    const domain = given({ registration: 'domain', domains });
    expect(domain).toMatchObject({ ACCOUNT_REGISTRATION: 'domain', ACCOUNT_DOMAINS: 'example.com,example.org' });
    expect(Object.keys(domain)).not.toContain('ADMIN_EMAIL');
    expect(given({ registration: 'open', anyoneMayRegister: true })).toMatchObject({ ACCOUNT_OPEN_TO_ANYONE: '1' });
  });
});
