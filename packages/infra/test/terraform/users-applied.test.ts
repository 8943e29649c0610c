import type { App } from '@keelson/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { template } from '../template.ts';
import { saySkipped } from '../tools.ts';
import { type AppliedEnvironment, appliedEnvironment, environmentsAsked, whyNoApplies } from './applied-environment.ts';
import { unappliedTypes, withoutUnapplied } from './without-unapplied.ts';

/** Its pipelines are beyond the emulator, and planned elsewhere. */
const { delivery: _, ...users } = await template('users');
/** Beside the template: PostgreSQL in a container, in a zone of its own; of one task, as the emulator runs as many of each. */
const inContainer: App = {
  ...users,
  environments: Object.fromEntries(
    Object.entries(users.environments ?? {})
      .filter(([name]) => name === 'development' || name === 'staging')
      .map(([name, settings]) => [name, { ...settings, database: { engine: 'container' }, createZone: true }]),
  ),
};
const cases = [
  { name: 'users', app: users },
  { name: 'users, database in a container', app: inContainer },
].flatMap(({ name, app }) => environmentsAsked(app).map((environment) => ({ name, app, environment })));

const isAsked = cases.length > 0;
const shown = isAsked ? cases : [{ name: 'users', app: users, environment: 'feature' }];
const what = `apply and destroy of users in an emulated account, with stand-ins for ${unappliedTypes.join(', ')}`;

describe.skipIf(saySkipped(what, whyNoApplies(isAsked))).each(shown)('$name: $environment', ({ app, environment }) => {
  const settings = app.environments?.[environment] ?? {};
  const zone = settings.hostedZone ?? '';
  let here: AppliedEnvironment;

  beforeAll(async () => {
    here = await appliedEnvironment(app, environment, {
      variables: 'admin_email = "admin@example.com"\n',
      change: withoutUnapplied,
      before: async ({ aws }) => {
        if (settings.createZone) return;
        await aws('route53', 'create-hosted-zone', '--name', zone, '--caller-reference', 'before');
      },
    });
  }, 300_000);
  afterAll(() => here?.stop());

  test(`applies in order, with stand-ins for ${unappliedTypes.join(', ')}`, async () => {
    expect(await here.applyInOrder()).toMatch(/No image yet: push one/);
  }, 900_000);

  test('has nothing to change afterwards, but for the emulator’s defects', async () => {
    expect(await here.changes()).toEqual([]);
  }, 300_000);

  test('keeps no secret in the state, though each has a version', async () => {
    const list = ['list-secrets', '--query', 'SecretList[].Name'];
    const names = (await here.account.aws('secretsmanager', ...list)) as string[];
    const secret = settings.database?.engine === 'container' ? ['ACCOUNT_KEYS', 'DATABASE_URL'] : ['ACCOUNT_KEYS'];
    const ours = secret.map((name) => `${app.name}/${environment}/${name}`);
    expect(names).toEqual(expect.arrayContaining(ours));
    const state = await here.state();
    for (const name of ours) {
      const args = ['get-secret-value', '--secret-id', name, '--query', 'SecretString'];
      const value = (await here.account.aws('secretsmanager', ...args)) as string;
      expect(value.length).toBeGreaterThanOrEqual(64);
      expect(state).not.toContain(value);
      const password = /"password":"(\w{64})"/.exec(value)?.[1];
      if (name.endsWith('DATABASE_URL')) {
        expect(JSON.parse(value)).toEqual({
          password,
          url: `postgres://app:${password}@db.${app.name}-${environment}.internal:5432/user_manager_db`,
        });
        expect(state).not.toContain(password);
      }
    }
  });

  test('mail and the address have their records in the zone', async () => {
    const query = `HostedZones[?Name=='${zone}.'].Id`;
    const [id = ''] = (await here.account.aws('route53', 'list-hosted-zones', '--query', query)) as string[];
    const list = ['list-resource-record-sets', '--hosted-zone-id', id, '--query', 'ResourceRecordSets[].[Name, Type]'];
    const records = ((await here.account.aws('route53', ...list)) as [string, string][]).map((each) => each.join(' '));
    expect(records).toEqual(
      expect.arrayContaining([
        `${settings.domain}. A`,
        `_dmarc.${settings.domain}. TXT`,
        `bounce.${settings.domain}. MX`,
      ]),
    );
    expect(records.filter((record) => /_domainkey\S+ CNAME$/.test(record))).toHaveLength(3);
  });

  test('destroys without leaving anything, once it is ephemeral', async () => {
    expect(await here.destroy()).toEqual([]);
  }, 900_000);
});
