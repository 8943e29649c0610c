import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appWith } from '../synth/apps.ts';
import { type AppliedEnvironment, appliedEnvironment, appliesOf } from './applied-environment.ts';
import type { EmulatedAccount } from './emulated-account.ts';

const app = appWith('fargate');
const { environments, isSkipped } = appliesOf(app);

describe.skipIf(isSkipped).each(environments)('sso, %s, in an emulated account', (environment) => {
  const domain = app.environments?.[environment]?.domain;
  let here: AppliedEnvironment;

  beforeAll(async () => {
    here = await appliedEnvironment(app, environment, {
      variables: 'auth0_domain = "tenant.eu.auth0.com"\nauth0_client_id = "client"\n',
      before: async (account) => {
        if (domain !== undefined) await makeHostedZone(account, domain);
      },
    });
  }, 300_000);
  afterAll(() => here?.stop());

  test('applies in order, without a target, and not without an image', async () => {
    expect(await here.applyInOrder()).toMatch(/No image yet: push one/);
  }, 900_000);

  test('has nothing to change afterwards, but for the emulator’s defects', async () => {
    expect(await here.changes()).toEqual([]);
  }, 300_000);

  test('keeps no secret in the state, though each has a version', async () => {
    const names = (await here.account.aws(
      'secretsmanager',
      'list-secrets',
      '--query',
      'SecretList[].Name',
    )) as string[];
    const ours = ['OIDC_CLIENT_SECRET', 'SESSION_KEYS', 'PARTNER_TOKEN'].map(
      (name) => `${app.name}/${environment}/${name}`,
    );
    expect(names).toEqual(expect.arrayContaining(ours));
    const state = await here.state();
    for (const name of names) {
      const args = ['get-secret-value', '--secret-id', name, '--query', 'SecretString'];
      const secret = (await here.account.aws('secretsmanager', ...args)) as string;
      expect(secret.length).toBeGreaterThanOrEqual(5);
      expect(state).not.toContain(secret);
    }
  });

  test('destroys without leaving anything, once it is ephemeral', async () => {
    expect(await here.destroy()).toEqual([]);
    if (domain !== undefined) expect(await recordsIn(here.account)).toEqual(['NS', 'SOA']);
  }, 900_000);
});

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
