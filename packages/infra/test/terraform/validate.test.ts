import { describe, expect, test } from 'vitest';
import { synth, synthState } from '../../src/index.ts';
import {
  appWith,
  cognito,
  dev,
  existingSecrets,
  functionBesideFargate,
  openService,
  quickWith,
  showsWith,
  twoBehindOneApi,
  usersInContainer,
} from '../synth/apps.ts';
import { onFargate, template } from '../template.ts';
import { lackingForTerraform, saySkipped } from '../tools.ts';
import { withoutExpress } from './without-express.ts';
import { workspaces } from './workspaces.ts';

const apps = {
  sso: appWith('fargate'),
  'public tasks, three zones': appWith('fargate', {
    environments: { dev: { ...dev, network: { tasks: 'public', zones: 3 }, database: { instances: 2 } } },
  }),
  'sessions in DynamoDB': appWith('fargate', {
    resources: { login: { kind: 'login', provider: 'generic' } },
    environments: { dev },
  }),
  shows: await template('shows'),
  users: await template('users'),
  quick: await template('quick'),
  'quick on Fargate': await onFargate('quick'),
  'a function with a database': quickWith({ resources: { db: { kind: 'postgres' } }, environments: { dev } }),
  'a function beside Fargate': { ...functionBesideFargate(), environments: { dev } },
  'secrets that were there before': quickWith({ resources: existingSecrets, environments: { dev } }),
  'users, database in a container': usersInContainer(),
  'HTTP API, own key': showsWith({ environments: { prod: { encryption: 'kms' } } }),
  'HTTP API of two services': { ...twoBehindOneApi(), environments: { dev } },
  'HTTP API without routes': showsWith({ environments: { dev }, services: { api: openService } }),
  'HTTP API, tokens of another provider': showsWith({
    environments: { dev },
    resources: { tokens: { ...cognito, provider: 'generic' } },
  }),
  // The emulator knows no domain names of API Gateway: they are validated and never applied.
  'HTTP API at a domain': showsWith({ environments: { prod: { domain: 'api.example.com' } } }),
};
const cases = Object.entries(apps).flatMap(([name, app]) => {
  const files = synth(app).files;
  // What is shared differs by the names of services alone.
  const shared = ['sso', 'shows', 'quick', 'users, database in a container'].includes(name) ? ['shared'] : [];
  return [...shared, ...Object.keys(app.environments ?? {})].map((folder) => ({ name, folder, files }));
});

const state = synthState(appWith('fargate', { state: { bucket: 'sso-state', locking: 'dynamodb' } }));
cases.push({ name: 'state bucket', folder: 'state', files: state?.files ?? new Map() });

// Express needs a later provider than mirrors have: the service itself is checked against the schema alone.
const express = withoutExpress(synth(appWith('express')).files);
for (const folder of ['shared', 'dev', 'prod']) cases.push({ name: 'Express', folder, files: express });

describe.skipIf(saySkipped('terraform validate', lackingForTerraform()))('terraform validate', () => {
  const workspace = workspaces();

  test.each(cases)('$name: $folder', async ({ folder, files }) => {
    const made = workspace(files, folder);
    await made.terraform('init', '-backend=false', '-input=false', '-no-color');
    expect(JSON.parse(await made.terraform('validate', '-json'))).toMatchObject({ valid: true, warning_count: 0 });
    // The stand-in is not formatted.
    if (files !== express) expect(await made.terraform('fmt', '-check')).toBe('');
  });

  test('a file of one’s own can refer to what is generated', async () => {
    const made = workspace(synth(apps.sso).files, 'dev');
    made.add('dev/extra.tf', 'output "own" {\n  value = aws_ecs_service.api.name\n}\n');
    await made.terraform('init', '-backend=false', '-input=false', '-no-color');
    expect(JSON.parse(await made.terraform('validate', '-json'))).toMatchObject({ valid: true });
  });

  test('a plan names each variable that is missing', async () => {
    const made = workspace(synth(apps.sso).files, 'dev');
    await made.terraform('init', '-input=false', '-no-color');
    const refusal = (await made.terraform('plan', '-input=false', '-no-color').catch((error: unknown) => error)) as {
      stderr?: string;
    };
    for (const name of ['auth0_domain', 'auth0_client_id']) {
      expect(refusal.stderr).toContain(`The root module input variable "${name}" is not set`);
    }
  });
});
