import { describe, expect, test } from 'vitest';
import type { MailMessage } from '@keelson/runtime/accounts';
import { call, join, type Person, post, signIn, someone, tokenIn } from './client.ts';
import { harness } from './harness.ts';
import type { TestAccounts } from './service.ts';

const { start, track } = harness();
const victim = 'boss@example.com';
const owner: Person = { email: victim, name: 'Boss', password: 'the owner chose this' };
const stranger: Person = { email: victim, name: 'Stranger', password: 'the stranger chose this' };
const chosen = 'chosen at the mailbox';

const register = async (service: TestAccounts, person: Person) =>
  expect((await post(service, '/auth/register', person)).status).toBe(202);
const login = async (service: TestAccounts, password: string) =>
  (await post(service, '/auth/login', { email: victim, password })).status;

/** Opens the link of every mail, newest first, as somebody would who does not look closely. */
async function clickEverything(service: TestAccounts): Promise<number[]> {
  const links = (await service.mails(victim)).filter(({ text }) => text.includes('#'));
  const statuses: number[] = [];
  for (const mail of links) statuses.push((await click(service, mail)).status);
  return statuses;
}

function click(service: TestAccounts, mail: MailMessage) {
  const token = tokenIn(mail);
  const choosing = mail.text.includes('/auth/reset#');
  return choosing
    ? post(service, '/auth/reset', { token, password: chosen })
    : post(service, '/auth/confirm', { token });
}

describe('a registration in the name of somebody else', () => {
  const mine = [owner];
  const strange = (times: number) => Array.from({ length: times }, () => stranger);
  test.each([
    ['5 times before the owner', [...strange(5), ...mine]],
    ['once before the owner', [...strange(1), ...mine]],
    ['once after the owner', [...mine, ...strange(1)]],
    ['before and after the owner, beyond the limit of mails', [...strange(5), ...mine, ...strange(5)]],
    ['after the owner, who then tries again', [...mine, ...strange(2), ...mine]],
  ])('%s: its password never signs in', async (_, registrations) => {
    const service = await start();
    for (const person of registrations) await register(service, person);
    await clickEverything(service);
    expect(await login(service, stranger.password)).toBe(401);
    await post(service, '/auth/forgot', { email: victim });
    const [newest] = await service.mails(victim);
    expect(newest?.text).toContain('/auth/reset#');
    expect((await post(service, '/auth/reset', { token: tokenIn(newest), password: chosen })).status).toBe(200);
    await signIn(service, { ...owner, password: chosen });
    expect(await login(service, stranger.password)).toBe(401);
    expect(await service.sql('select count(*)::int as n from admins')).toEqual([{ n: 1 }]);
  });

  test('with another password: every link that confirms it is dead at once, also when no mail says so', async () => {
    const service = await start();
    for (let n = 0; n < 5; n++) await register(service, stranger);
    const before = await service.mails(victim);
    await register(service, owner);
    expect(await service.mails(victim)).toHaveLength(before.length);
    for (const mail of before) expect((await click(service, mail)).status).toBe(400);
    expect(await service.sql('select password_hash, confirmed_at from admins')).toEqual([
      { password_hash: null, confirmed_at: null },
    ]);
  });

  test('the mail then leads to a page where its reader chooses the password, which confirms the account', async () => {
    const service = await start();
    for (const person of [stranger, owner]) await register(service, person);
    const [mail] = await service.mails(victim);
    expect(mail?.subject).toContain('Choose your password');
    expect((await post(service, '/auth/confirm', { token: tokenIn(mail) })).status).toBe(400);
    expect((await post(service, '/auth/reset', { token: tokenIn(mail), password: chosen })).status).toBe(200);
    const { access: token } = await signIn(service, { ...owner, password: chosen });
    expect((await call(service, 'GET', '/auth/me', { token })).json).toMatchObject({ confirmed: true, email: victim });
  });

  test('stays contested: the same password again, and a link that went by, bring none back', async () => {
    const service = await start();
    for (const person of [stranger, owner]) await register(service, person);
    await service.sql("update admins_link set expires_at = now() - interval '1 second'");
    for (const person of [stranger, stranger]) await register(service, person);
    expect((await service.mails(victim))[0]?.text).toContain('/auth/reset#');
    await post(service, '/auth/resend', { email: victim });
    const [mail] = await service.mails(victim);
    expect(mail?.text).toContain('/auth/reset#');
    await clickEverything(service);
    expect(await login(service, stranger.password)).toBe(401);
    expect(await login(service, chosen)).toBe(200);
  });

  test('whose mails a stranger used up before: the registration is kept, and one after it is contested', async () => {
    const service = await start({ limits: { registerMail: { max: 1, window: 60 } } });
    await post(service, '/auth/resend', { email: victim });
    await service.app.accounts.settled();
    await register(service, owner);
    expect(await service.mails(victim)).toEqual([]);
    await service.sql('delete from admins_limit');
    await register(service, stranger);
    expect((await service.mails(victim))[0]?.text).toContain('/auth/reset#');
  });

  test('50 at once with as many passwords → one account; only what its reader chooses signs in', async () => {
    const service = await start();
    const other = track(await service.another());
    const password = (n: number) => `password number ${n} of fifty`;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        post(n % 2 ? other : service, '/auth/register', { ...owner, password: password(n) }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await service.sql('select email, password_hash from admins')).toEqual([
      { email: victim, password_hash: null },
    ]);
    expect((await clickEverything(service)).filter((status) => status === 200)).toHaveLength(1);
    for (const n of [0, 1, 49]) expect(await login(service, password(n))).toBe(401);
    await signIn(service, { ...owner, password: chosen });
  });

  test('a confirmation at the same moment confirms the first password or none', async () => {
    const service = await start();
    const people = Array.from({ length: 5 }, (_, n) => someone(`ann${n}`));
    for (const ann of people) await register(service, ann);
    const outcomes = await Promise.all(
      people.map(async (ann) => {
        const token = tokenIn((await service.mails(ann.email))[0]);
        const [confirmed] = await Promise.all([
          post(service, '/auth/confirm', { token }),
          register(service, { ...ann, name: `${ann.name} too`, password: stranger.password }),
        ]);
        const signedIn = await post(service, '/auth/login', ann);
        const strange = await post(service, '/auth/login', { ...ann, password: stranger.password });
        return [confirmed.status, signedIn.status, strange.status].join();
      }),
    );
    for (const outcome of outcomes) expect(['200,200,401', '400,401,401']).toContain(outcome);
  });
});

describe('a registration that nobody contests', () => {
  test('confirms, once or sent again with the same password', async () => {
    const service = await start();
    await join(service, owner);
    await signIn(service, owner);
    for (let n = 0; n < 2; n++) await register(service, someone('ann'));
    const [newest, older] = await service.mails('ann@example.com');
    expect((await post(service, '/auth/confirm', { token: tokenIn(older) })).status).toBe(400);
    expect((await post(service, '/auth/confirm', { token: tokenIn(newest) })).status).toBe(200);
    await signIn(service, someone('ann'));
  });
});
