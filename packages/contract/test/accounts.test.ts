import { checkApp } from '@keelson/contract';
import { expect, test } from 'vitest';

const all = {
  db: { kind: 'postgres' },
  accounts: { kind: 'accounts' },
  mail: { kind: 'mail', from: 'no-reply@{domain}' },
};

function problems(resources: object, uses: readonly string[]): string[] {
  const services = { api: { source: 'src/main.ts', compute: 'fargate', uses } };
  return checkApp({ name: 'users', region: 'eu-central-1', resources, services }).map(
    ({ path, message, hint }) => `${path}: ${message}. ${hint}`,
  );
}

test('accounts with a database and mail are sound', () => {
  expect(problems(all, ['db', 'accounts', 'mail'])).toEqual([]);
});

test('what is there and not used is named; what is not there is shown', () => {
  expect(problems(all, ['db', 'accounts'])).toEqual([
    'services.api.uses: `accounts` needs a resource of the kind `mail`. There is `mail`: write it into `uses`.',
  ]);
  expect(problems({ mail: all.mail }, ['mail'])).toEqual([
    "services.api.uses: `mail` needs a resource of the kind `postgres`. Add one, for example `db: { kind: 'postgres' }`, and name it here.",
  ]);
});

test('a resource that is wrong itself is one problem, not two', () => {
  const found = problems({ ...all, mail: { ...all.mail, form: 'x' } }, ['db', 'accounts', 'mail']);
  expect(found).toEqual([expect.stringMatching(/^resources\.mail\.form: /)]);
});

test.each([
  [{ registration: 'domain' }, 'is missing. List mail domains'],
  [{ registration: 'domain', domains: [] }, 'is empty. List mail domains'],
  [{ domains: ['example.com'] }, "means nothing with `first`. Write `registration: 'domain'`"],
])('%j', (more, said) => {
  const found = problems({ ...all, accounts: { kind: 'accounts', ...more } }, ['db', 'accounts', 'mail']);
  expect(found).toEqual([expect.stringContaining(`resources.accounts.domains: ${said}`)]);
});
