import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { saySkipped } from '../../../infra/test/tools.ts';
import { type Emulator, hasEmulator, startEmulator } from '../../../infra/test/terraform/emulator.ts';
import { cleanUp, keelson } from '../dev/harness.ts';
import { hasTerminal, keelsonAtTerminal } from './terminal.ts';
import { appConfig, command, type Ended, makeApp } from '../synth/app.ts';

afterEach(cleanUp);

const noAws = { AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent' };

interface SetArgs {
  readonly name?: string;
  readonly value: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

/** `keelson secret set` with the value on standard input. */
async function setSecret(app: string, { name = 'PARTNER_TOKEN', value, env = {} }: SetArgs): Promise<Ended> {
  const run = keelson(app, ['secret', 'set', name, '--env', 'dev'], { ...noAws, ...env });
  run.child.stdin?.on('error', () => {}).end(value);
  return { code: await run.ended, output: run.output() };
}

describe('before anything is sent', () => {
  test.each([
    [
      'an unknown name',
      ['set', 'PARTNR_TOKEN', '--env', 'dev'],
      1,
      /no secret "PARTNR_TOKEN"[\s\S]*Did you mean PARTNER_TOKEN\? There is: OIDC_CLIENT_SECRET, SESSION_KEYS, PARTNER_TOKEN/,
    ],
    [
      'an unknown environment',
      ['set', 'PARTNER_TOKEN', '--env', 'prd'],
      1,
      /no environment "prd"[\s\S]*Did you mean prod/,
    ],
    ['no environment', ['set', 'PARTNER_TOKEN'], 2, /Which environment\?[\s\S]*--env dev/],
    ['no name', ['set', '--env', 'dev'], 2, /Which secret\?[\s\S]*keelson secret list/],
    ['no word', [], 2, /npx keelson secret set, npx keelson secret list/],
    ['another word', ['get', 'PARTNER_TOKEN'], 2, /keelson secret has no "get"/],
  ])('%s is answered with the way out', async (_title, args, code, text) => {
    const ended = await command(await makeApp(), 'secret', ...args);
    expect(ended.output).toMatch(text);
    expect(ended.code).toBe(code);
  });

  test('a value as an argument is refused and not repeated', async () => {
    const { code, output } = await command(
      await makeApp(),
      'secret',
      'set',
      'PARTNER_TOKEN',
      'hunter2',
      '--env',
      'dev',
    );
    expect(code).toBe(2);
    expect(output).toContain('history of your shell');
    expect(output).not.toContain('hunter2');
  });

  test.each([
    ['nothing', '', 'is empty'],
    ['a line break alone', '\n', 'is empty'],
    ['the placeholder', 'UNSET\n', 'stands for no value'],
    ['more than 64 KiB', 'x'.repeat(65_537), 'longer than 65536 bytes'],
    ['no text', Buffer.from([0xff, 0xfe, 0x00]), 'no UTF-8 text'],
  ])('%s is no value', async (_title, value, reason) => {
    const { code, output } = await setSecret(await makeApp(), { value });
    expect([code, output.includes(reason)]).toEqual([1, true]);
    expect(output).not.toMatch(/x{100}/);
  });

  test('without credentials it says where they come from', async () => {
    const { code, output } = await setSecret(await makeApp(), { value: 'hunter2' });
    expect(code).toBe(1);
    expect(output).toMatch(/There are no AWS credentials\.\n +Sign in with `aws sso login`/);
    expect(output).not.toContain('hunter2');
  });

  test('when AWS cannot be reached it says so', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' };
    const { code, output } = await setSecret(await makeApp(), { value: 'hunter2', env });
    expect([code, /could not be reached \(ECONNREFUSED\)/.test(output)]).toEqual([1, true]);
  });
});

describe('what AWS answers', () => {
  test.each([
    ['AccessDeniedException', /may not touch shop\/dev\/PARTNER_TOKEN\.\n +They need secretsmanager:PutSecretValue/],
    ['ExpiredTokenException', /does not take the credentials \(ExpiredTokenException\)/],
    ['InvalidRequestException', /marked for deletion[\s\S]*restore-secret/],
    ['ValidationException', /AWS refused it \(ValidationException\)/],
  ])('%s: the reason and the way out, never the value', async (type, text) => {
    const message = 'Value hunter2 at secretString is not to our taste';
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify({ __type: type, message }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' };
    const { code, output } = await setSecret(await makeApp(), { value: 'hunter2', env });
    server.closeAllConnections();
    server.close();
    expect(output).toMatch(text);
    expect(output).not.toContain('hunter2');
    expect(code).toBe(1);
  });
});

const isSkipped = saySkipped('secrets in an emulated AWS', hasEmulator() ? undefined : 'moto_server, the AWS emulator');

describe.skipIf(isSkipped)('in an emulated AWS', () => {
  let aws: Emulator;
  let client: SecretsManagerClient;
  let app: string;
  const ids = ['OIDC_CLIENT_SECRET', 'SESSION_KEYS', 'PARTNER_TOKEN'].map((name) => `shop/dev/${name}`);

  beforeAll(async () => {
    aws = await startEmulator(0);
    const credentials = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
    client = new SecretsManagerClient({ region: 'eu-central-1', endpoint: aws.url, credentials });
  });
  afterAll(() => aws?.stop());

  beforeEach(async () => {
    app = await makeApp();
    for (const SecretId of ids) {
      await client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true })).catch(() => {});
      await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: 'UNSET' }));
    }
  });

  const valueOf = async (name: string) =>
    (await client.send(new GetSecretValueCommand({ SecretId: `shop/dev/${name}` }))).SecretString;
  const list = async () => {
    const run = keelson(app, ['secret', 'list', '--env', 'dev'], { ...noAws, ...aws.env });
    return { code: await run.ended, output: run.output() };
  };

  test.each([
    ['one line; its line break is not part of it', 'hunter2\n', 'hunter2'],
    ['a line break of Windows', 'hunter2\r\n', 'hunter2'],
    ['several lines', '-----BEGIN-----\nabc\n-----END-----\n\n', '-----BEGIN-----\nabc\n-----END-----\n'],
    ['spaces, quotes, unicode', '  "ünï\' $HOME \\n ', '  "ünï\' $HOME \\n '],
  ])('set puts %s', async (_title, value, stored) => {
    const { code, output } = await setSecret(app, { value, env: aws.env });
    expect(output).toContain('PARTNER_TOKEN of dev is set.');
    expect(output).not.toContain('hunter2');
    expect(output).not.toContain('Warning');
    expect(code).toBe(0);
    expect(await valueOf('PARTNER_TOKEN')).toBe(stored);
  });

  test.each([
    ['partner', 'PARTNER_TOKEN', 'the resource’s name'],
    ['AUTH0_CLIENT_SECRET', 'OIDC_CLIENT_SECRET', 'the name in .env'],
  ])('%s means %s: %s', async (name, variable) => {
    const { output } = await setSecret(app, { name, value: 'abc', env: aws.env });
    expect(output).toContain(`${variable} of dev is set.`);
    expect(await valueOf(variable)).toBe('abc');
  });

  test('list says which are set, and never a value', async () => {
    await setSecret(app, { value: 'hunter2', env: aws.env });
    await client.send(new DeleteSecretCommand({ SecretId: 'shop/dev/SESSION_KEYS', ForceDeleteWithoutRecovery: true }));
    const { code, output } = await list();
    expect(output).toMatch(/^OIDC_CLIENT_SECRET +UNSET /m);
    expect(output).toMatch(/^SESSION_KEYS +not there yet .*generated in AWS/m);
    expect(output).toMatch(/^PARTNER_TOKEN +set /m);
    expect(output).toContain('Set it: npx keelson secret set OIDC_CLIENT_SECRET --env dev');
    expect(output).not.toContain('hunter2');
    expect(code).toBe(0);
  });

  test('a secret that Terraform has not made yet: apply the environment first', async () => {
    await client.send(
      new DeleteSecretCommand({ SecretId: 'shop/dev/PARTNER_TOKEN', ForceDeleteWithoutRecovery: true }),
    );
    const { code, output } = await setSecret(app, { value: 'hunter2', env: aws.env });
    expect(code).toBe(1);
    expect(output).toMatch(
      /shop\/dev\/PARTNER_TOKEN is not there yet, in eu-central-1[\s\S]*terraform -chdir=infra\/dev apply/,
    );
  });

  test('the region is the app’s, whatever the shell says', async () => {
    await writeFile(join(app, 'keelson.config.ts'), appConfig({ region: 'us-east-2' }));
    const { output } = await setSecret(app, { value: 'abc', env: { ...aws.env, AWS_REGION: 'eu-central-1' } });
    expect(output).toContain('not there yet, in us-east-2');
  });

  const noTerminal = saySkipped('a hidden prompt', hasTerminal() ? undefined : 'script of util-linux');

  test.skipIf(noTerminal)('at a terminal the value is asked for and not shown', async () => {
    const args = ['secret', 'set', 'PARTNER_TOKEN', '--env', 'dev'];
    const run = keelsonAtTerminal(app, args, { ...noAws, ...aws.env });
    await run.printed('not shown, Enter ends it): ');
    run.type('hunterx\u007f2\r');
    expect(await run.ended()).toBe(0);
    expect(run.output()).toContain('PARTNER_TOKEN of dev is set.');
    expect(run.output()).not.toContain('hunter');
    expect(await valueOf('PARTNER_TOKEN')).toBe('hunter2');
  });

  test.skipIf(noTerminal)('Ctrl-C at the prompt sets nothing', async () => {
    const args = ['secret', 'set', 'PARTNER_TOKEN', '--env', 'dev'];
    const run = keelsonAtTerminal(app, args, { ...noAws, ...aws.env });
    await run.printed('not shown, Enter ends it): ');
    run.type('hunter2\u0003');
    expect(await run.ended()).toBe(130);
    expect(await valueOf('PARTNER_TOKEN')).toBe('UNSET');
  });
});
