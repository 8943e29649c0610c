import { expect, test } from 'vitest';
import type { Stack } from '../../src/aws/index.ts';
import { appWith, decoded, environmentOf, environmentStack, resourcesOf, showsService, showsWith } from './apps.ts';

/** Two services, of which only `user` uses the database. */
function stackOf(compute: 'fargate' | 'express'): Stack {
  const service = { source: 'src/main.ts', compute, cpu: 256, memory: 512 };
  return environmentStack(
    appWith(compute, {
      resources: { db: { kind: 'postgres' } },
      services: { user: { ...service, uses: ['db'] }, other: { ...service, uses: [] } },
    }),
  );
}

/** Two services behind one HTTP API, of which only `user` uses the table and the tokens. */
function showsStack(): Stack {
  return environmentStack(
    showsWith({
      services: {
        user: { ...showsService, routes: { 'GET /user': { scopes: ['read'] } }, uses: ['shows', 'tokens'] },
        other: { ...showsService, routes: { 'GET /other': 'public' }, uses: [] },
      },
    }),
  );
}

const variables = (stack: Stack, service: string) =>
  Object.keys(environmentOf(stack, service)).filter((name) => /^(PG|DATABASE)/.test(name));
const policyText = (stack: Stack, service: string) =>
  resourcesOf(stack, 'aws_iam_role_policy')
    .filter(({ name }) => name === `${service}_task`)
    .map(({ args }) => JSON.stringify(decoded(args.policy)))
    .join('');
const rules = (stack: Stack, service: string) =>
  resourcesOf(stack).filter(
    ({ type, name }) => type.includes('_rule') && (name === `db_${service}` || name === `${service}_db`),
  ); // prettier-ignore

test.each(['fargate', 'express'] as const)(
  '%s: `uses` gives variables, IAM statement and network rules together',
  (compute) => {
    const stack = stackOf(compute);
    expect(variables(stack, 'user')).toEqual(['DATABASE_AUTH', 'PGHOST', 'PGPORT', 'PGDATABASE', 'PGUSER']);
    expect(policyText(stack, 'user')).toContain('rds-db:connect');
    expect(rules(stack, 'user')).toHaveLength(2);
  },
);

test.each(['fargate', 'express'] as const)(
  '%s: a service that does not use a resource gets none of the three',
  (compute) => {
    const stack = stackOf(compute);
    expect(variables(stack, 'other')).toEqual([]);
    expect(policyText(stack, 'other')).not.toContain('rds-db');
    expect(rules(stack, 'other')).toEqual([]);
  },
);

test('`uses` of a table gives its name and rights to it and its indexes, to that service alone', () => {
  const stack = showsStack();
  expect(Object.keys(environmentOf(stack, 'user'))).toContain('SHOWS_TABLE');
  expect(policyText(stack, 'user')).toContain('dynamodb:ConditionCheckItem');
  expect(policyText(stack, 'user')).toContain('/index/by_count');
  expect(Object.keys(environmentOf(stack, 'other'))).not.toContain('SHOWS_TABLE');
  expect(policyText(stack, 'other')).not.toContain('dynamodb');
});

test('`uses` of tokens gives what is needed to check them, to that service alone', () => {
  const stack = showsStack();
  const given = (service: string) =>
    Object.keys(environmentOf(stack, service)).filter((name) => name.startsWith('TOKEN_'));
  expect(given('user')).toEqual(['TOKEN_ISSUER', 'TOKEN_CLIENT_IDS', 'TOKEN_SCOPE_PREFIX']);
  expect(given('other')).toEqual([]);
});
