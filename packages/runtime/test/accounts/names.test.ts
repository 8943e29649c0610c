import { describe, expect, test } from 'vitest';
import { call, join, post, signIn, someone, tokenIn } from './client.ts';
import { harness } from './harness.ts';
import { goodPassword, type TestAccounts } from './service.ts';

const { start } = harness();
const fresh = 'another horse battery';

async function twoAddresses(): Promise<TestAccounts> {
  const service = await start();
  await join(service, { ...someone('ann'), email: 'known@example.com' });
  return service;
}

const register = async (service: TestAccounts, email: string, name: string, password = goodPassword) =>
  (await post(service, '/auth/register', { email, name, password })).status;

describe('whether a name is free says nothing about who has an account', () => {
  test.each(['known@example.com', 'unknown@example.com'])('%s: the name it asked for is kept for it', async (probe) => {
    const service = await twoAddresses();
    expect(await register(service, probe, 'Wanted')).toBe(202);
    expect(await register(service, 'own@example.com', 'wanted')).toBe(409);
    expect(await register(service, probe, 'WANTED', fresh)).toBe(202);
    expect(await register(service, probe, 'Wanted too')).toBe(202);
    expect(await register(service, 'own@example.com', 'wanted too')).toBe(409);
    expect(await register(service, 'own@example.com', 'wanted')).toBe(409);
    expect(await register(service, probe, 'ann')).toBe(409);
  });

  test.each(['known@example.com', 'unknown@example.com'])('%s: nor to who renames or is invited', async (probe) => {
    const service = await twoAddresses();
    const { access: token } = await signIn(service, await join(service, someone('bob')));
    expect(await register(service, probe, 'Wanted')).toBe(202);
    expect((await call(service, 'PUT', '/auth/me', { token, body: { name: 'wanted' } })).status).toBe(409);
    await post(service, '/auth/invite', { email: 'new@example.com' }, { token });
    const invitation = tokenIn((await service.mails('new@example.com'))[0]);
    const accept = (name: string) => post(service, '/auth/accept', { token: invitation, name, password: fresh });
    expect((await accept('wanted')).status).toBe(409);
    expect((await accept('unwanted')).status).toBe(201);
  });

  test.each(['known@example.com', 'unknown@example.com'])(
    '%s: for 24 h, longer when it asks for mail',
    async (probe) => {
      const service = await twoAddresses();
      const hours = () =>
        service.sql(
          "select round(extract(epoch from expires_at - now()) / 3600)::int as h from admins_name where name_key = 'wanted'",
        );
      expect(await register(service, probe, 'Wanted')).toBe(202);
      expect(await hours()).toEqual([{ h: 24 }]);
      await service.sql("update admins_name set expires_at = now() + interval '1 hour'");
      await post(service, '/auth/resend', { email: probe });
      await service.mails();
      expect(await hours()).toEqual([{ h: 24 }]);
      for (const table of ['name', 'link']) {
        await service.sql(`update admins_${table} set expires_at = now() - interval '1 second'`);
      }
      expect(await register(service, 'own@example.com', 'wanted')).toBe(202);
    },
  );

  test('addresses are stored hashed', async () => {
    const service = await twoAddresses();
    await register(service, 'known@example.com', 'Wanted');
    expect(JSON.stringify(await service.sql("select encode(email_key, 'escape') from admins_name"))).not.toContain('@');
  });
});
