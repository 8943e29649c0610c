import { expect, test } from 'vitest';
import type { Stack } from '../../src/aws/index.ts';
import { appWith, decoded, environmentOf, environmentStack, resourcesOf } from './apps.ts';

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
