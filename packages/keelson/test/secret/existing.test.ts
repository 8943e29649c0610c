import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, hasEmulator, startEmulator } from '../../../infra/test/terraform/emulator.ts';
import { saySkipped } from '../../../infra/test/tools.ts';
import { cleanUp, keelson, makeFolder } from '../dev/harness.ts';

afterEach(cleanUp);

const config = `import { defineApp } from '@keelson/contract';
export default defineApp({
  name: 'shop', region: 'eu-central-1',
  resources: {
    login: { kind: 'login', provider: 'google', existingSecret: { name: 'my-app/sso-secrets' } },
    partner: { kind: 'secret', existing: { name: '{app}/{env}/partner' } },
  },
  services: { api: { source: 'src/main.ts', compute: 'lambda', uses: ['login', 'partner'] } },
  environments: { dev: { ephemeral: true } },
});
`;

async function secret(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const app = await makeFolder({ 'keelson.config.ts': config, 'src/main.ts': 'export default {};\n' });
  const run = keelson(app, ['secret', ...args, '--env', 'dev'], { AWS_EC2_METADATA_DISABLED: 'true', ...env });
  run.child.stdin?.on('error', () => {}).end('hunter2');
  return { code: await run.ended, output: run.output() };
}

test.each([
  ['GOOGLE_CLIENT_SECRET', /OIDC_CLIENT_SECRET is the key GOOGLE_CLIENT_SECRET of my-app\/sso-secrets/],
  ['SESSION_KEYS', /SESSION_KEYS is the key SECRET_KEY of my-app\/sso-secrets/],
  ['partner', /PARTNER is shop\/dev\/partner, which is not Keelson's/],
])('set of %s says where the value lives, and sends nothing', async (name, text) => {
  const { code, output } = await secret(['set', name]);
  expect(output).toMatch(text);
  expect(output).toContain('aws secretsmanager put-secret-value --region eu-central-1 --secret-id');
  expect(output).not.toContain('hunter2');
  expect(code).toBe(1);
});

const isSkipped = saySkipped('secrets that were there before', hasEmulator() ? undefined : 'moto_server');

describe.skipIf(isSkipped)('in an emulated AWS', () => {
  let aws: Emulator;

  beforeAll(async () => {
    aws = await startEmulator(0);
    const credentials = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
    const client = new SecretsManagerClient({ region: 'eu-central-1', endpoint: aws.url, credentials });
    const SecretString = JSON.stringify({ GOOGLE_CLIENT_ID: 'hunter1', GOOGLE_CLIENT_SECRET: 'hunter2' });
    await client.send(new CreateSecretCommand({ Name: 'my-app/sso-secrets', SecretString }));
  });
  afterAll(() => aws?.stop());

  test('list says of each where it is and whether it is there, and never a value', async () => {
    const { code, output } = await secret(['list'], aws.env);
    expect(output).toMatch(/^OIDC_CLIENT_ID +set +In my-app\/sso-secrets, key GOOGLE_CLIENT_ID$/m);
    expect(output).toMatch(/^OIDC_CLIENT_SECRET +set +In my-app\/sso-secrets, key GOOGLE_CLIENT_SECRET$/m);
    expect(output).toMatch(/^SESSION_KEYS +no such key +In my-app\/sso-secrets, key SECRET_KEY$/m);
    expect(output).toMatch(/^PARTNER +not there yet +In shop\/dev\/partner$/m);
    expect(output).not.toMatch(/hunter|Set it:/);
    expect(code).toBe(0);
  });
});

test('synth asks for the secret before the environment is made', async () => {
  const app = await makeFolder({ 'keelson.config.ts': config, 'src/main.ts': 'export default {};\n' });
  const run = keelson(app, ['synth']);
  expect(await run.ended).toBe(0);
  const output = run.output();
  const step = output.indexOf(
    'see that the secret my-app/sso-secrets is in Secrets Manager, in eu-central-1 with the keys GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, SECRET_KEY',
  );
  expect(step).toBeGreaterThan(output.indexOf('npx keelson build --push --env dev'));
  expect(step).toBeLessThan(output.indexOf('terraform -chdir=infra/dev init'));
});
