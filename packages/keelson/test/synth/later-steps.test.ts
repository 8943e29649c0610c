import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cleanUp } from '../dev/harness.ts';
import { appConfig, command, makeApp } from './app.ts';

afterEach(cleanUp);

const both = '{ dev: { ephemeral: true }, prod: { domain: "app.example.com" } }';
const worker = "worker: { source: 'src/main.ts', compute: 'fargate', port: 8001 }";

function withWorker(): string {
  return appConfig({ environments: both }).replace(/(services: \{.*?\}) \},/, `$1, ${worker} },`);
}

/** The commands of `Next:`, without what is said of them. */
function steps(output: string): string[] {
  const lines = output.slice(output.indexOf('\nNext:\n') + 7).split('\n');
  return lines.filter((line) => line.startsWith('  ')).map((line) => line.trim().replace(/ {3}\(.*/, ''));
}

test('a service that is added: what is shared, its image in each environment, and then the environment', async () => {
  const app = await makeApp({ environments: both });
  await command(app, 'synth');
  await writeFile(join(app, 'keelson.config.ts'), withWorker());
  const { output } = await command(app, 'synth');
  expect(steps(output)).toEqual([
    'terraform -chdir=infra/shared apply',
    'npx keelson build worker --push --env dev',
    'terraform -chdir=infra/dev apply',
    'npx keelson build worker --push --env prod',
    'terraform -chdir=infra/prod apply',
  ]);
  expect(output).toContain('aws ssm put-parameter');
});

test('with --env each environment comes in its turn, and elsewhere than in infra the parameter is named', async () => {
  const app = await makeApp({ environments: both });
  await command(app, 'synth', '--out', 'aws');
  await writeFile(join(app, 'keelson.config.ts'), withWorker());
  const image = (environment: string) =>
    `push an image of worker and write its reference to the SSM parameter /shop/${environment}/worker/image`;
  expect(steps((await command(app, 'synth', '--out', 'aws', '--env', 'dev')).output)).toEqual([
    'terraform -chdir=aws/shared apply',
    image('dev'),
    'terraform -chdir=aws/dev apply',
  ]);
  const prod = steps((await command(app, 'synth', '--out', 'aws', '--env', 'prod')).output);
  expect(prod.slice(-2)).toEqual([image('prod'), 'terraform -chdir=aws/prod apply']);
});

test('an environment that is added has all the steps of a first one', async () => {
  const app = await makeApp({ environments: '{ dev: { ephemeral: true } }' });
  await command(app, 'synth');
  await writeFile(join(app, 'keelson.config.ts'), appConfig({ environments: both }));
  expect(steps((await command(app, 'synth')).output)).toEqual([
    'terraform -chdir=infra/shared apply',
    'npx keelson build --push --env prod',
    'cp infra/prod/terraform.tfvars.example infra/prod/terraform.tfvars',
    'terraform -chdir=infra/prod init && terraform -chdir=infra/prod apply',
    'npx keelson secret list --env prod',
    'terraform -chdir=infra/prod output -raw migrate_command',
  ]);
});

test('a change that brings no service is planned', async () => {
  const app = await makeApp({ environments: both });
  await command(app, 'synth');
  await writeFile(join(app, 'keelson.config.ts'), appConfig({ environments: both }).replace('512', '1024'));
  expect(steps((await command(app, 'synth')).output)).toEqual([
    'terraform -chdir=infra/dev plan',
    'terraform -chdir=infra/prod plan',
  ]);
});
