import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { imageParameter } from '../../src/parts/image.ts';
import { appWith } from '../synth/apps.ts';
import { lackingForApply, saySkipped } from '../tools.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { emulatedAccount, type EmulatedAccount } from './emulated-account.ts';
import { unexplainedChanges } from './emulator-defects.ts';
import { type Workspace, workspace } from './offline.ts';

/** Minutes of work, so asked for: `npm run test:infra` (dev), `npm run test:infra:all`. */
const asked = (process.env['KEELSON_TEST_APPLY'] ?? '').split(',').filter(Boolean);
const app = appWith('fargate');
const environments = asked.length > 0 ? asked : Object.keys(app.environments ?? {});
const lacking = asked.length === 0 ? 'takes minutes; npm run test:infra does it' : lackingForApply();
const isSkipped = saySkipped(`apply and destroy of ${environments.join(', ')} in an emulated account`, lacking);
const apply = ['apply', '-auto-approve', '-input=false', '-no-color'];

describe.skipIf(isSkipped).each(environments)('%s on Fargate, in an emulated account', (environment) => {
  const { files } = synth(app);
  const settings = app.environments?.[environment];
  let emulator: Emulator;
  let account: EmulatedAccount;
  let shared: Workspace;
  let made: Workspace;
  let before: string[];

  beforeAll(async () => {
    emulator = await startEmulator(settings?.tasks ?? 1);
    account = emulatedAccount(emulator, app.region);
    before = await account.everything();
    if (settings?.domain) await makeHostedZone(account, settings.domain);
    shared = workspace(files, 'shared', { ...emulator.env, AWS_REGION: app.region });
    made = workspace(files, environment, { ...emulator.env, AWS_REGION: app.region });
    for (const each of [shared, made]) await each.terraform('init', '-input=false', '-no-color');
  });
  afterAll(async () => {
    shared?.remove();
    made?.remove();
    await emulator?.stop();
  });

  test('applies in order, without a target, and not without an image', async () => {
    made.add(`${environment}/terraform.tfvars`, 'auth0_domain = "tenant.eu.auth0.com"\nauth0_client_id = "client"\n');
    await shared.terraform(...apply);
    await expect(made.terraform('plan', '-input=false', '-no-color')).rejects.toThrow(/No image yet: push one/);
    await putImage(account, environment);
    await made.terraform(...apply);
  }, 900_000);

  test('has nothing to change afterwards, but for the emulator’s defects', async () => {
    await made.terraform('plan', '-input=false', '-no-color', '-out=again.tfplan');
    expect(unexplainedChanges(await made.terraform('show', '-json', 'again.tfplan'))).toEqual([]);
    expect(await shared.terraform('plan', '-input=false', '-no-color')).toContain('No changes.');
  }, 300_000);

  test('keeps no secret in the state, though each has a version', async () => {
    const names = (await account.aws('secretsmanager', 'list-secrets', '--query', 'SecretList[].Name')) as string[];
    const ours = ['OIDC_CLIENT_SECRET', 'SESSION_KEYS', 'PARTNER_TOKEN'].map(
      (name) => `${app.name}/${environment}/${name}`,
    );
    expect(names).toEqual(expect.arrayContaining(ours));
    const state = readFileSync(join(made.folder, 'terraform.tfstate'), 'utf8');
    for (const name of names) {
      const args = ['get-secret-value', '--secret-id', name, '--query', 'SecretString'];
      const secret = (await account.aws('secretsmanager', ...args)) as string;
      expect(secret.length).toBeGreaterThanOrEqual(5);
      expect(state).not.toContain(secret);
    }
  });

  test('destroys without leaving anything, once it is ephemeral', async () => {
    if (!settings?.ephemeral) {
      for (const [path, text] of synth(ephemeral(environment)).files) {
        if (path.startsWith(`${environment}/`)) made.add(path, text);
      }
      await made.terraform(...apply);
    }
    await made.terraform('destroy', '-auto-approve', '-input=false', '-no-color');
    await shared.terraform('destroy', '-auto-approve', '-input=false', '-no-color');
    expect(await account.everything()).toEqual(before);
    if (settings?.domain) expect(await recordsIn(account)).toEqual(['NS', 'SOA']);
  }, 900_000);
});

/** Protection ends with an apply, before the destroy. */
function ephemeral(environment: string): App {
  const settings = { ...app.environments?.[environment], ephemeral: true };
  return { ...app, environments: { ...app.environments, [environment]: settings } };
}

/** Owned by a person, not by the environment: it is there before. */
async function makeHostedZone(account: EmulatedAccount, domain: string): Promise<void> {
  const zone = domain.split('.').slice(1).join('.');
  await account.aws('route53', 'create-hosted-zone', '--name', zone, '--caller-reference', 'before');
}

async function recordsIn(account: EmulatedAccount): Promise<string[]> {
  const [zone = ''] = (await account.aws('route53', 'list-hosted-zones', '--query', 'HostedZones[].Id')) as string[];
  const args = ['--hosted-zone-id', zone, '--query', 'ResourceRecordSets[].Type'];
  return ((await account.aws('route53', 'list-resource-record-sets', ...args)) as string[]).toSorted();
}

/** What a deploy does before it applies. */
async function putImage(account: EmulatedAccount, environment: string): Promise<void> {
  const name = imageParameter(app.name, environment, 'api');
  const image = `123456789012.dkr.ecr.${app.region}.amazonaws.com/${app.name}/api:1`;
  await account.aws('ssm', 'put-parameter', '--name', name, '--value', image, '--overwrite', '--type', 'String');
}
