import { describe, expect, test } from 'vitest';
import { ConfigError } from '@keelson/runtime/errors';
import { countCommon } from '../../src/auth/accounts/passwords/common.ts';
import { call, join, post, signIn, someone, tokenIn } from './client.ts';
import { harness } from './harness.ts';
import { goodPassword } from './service.ts';

const { start, track } = harness();
const count = 'select count(*)::int as n from admins';

describe('security 36: one email, one account', () => {
  test('50 concurrent registrations of one email → one account', async () => {
    const service = await start();
    const other = track(await service.another());
    const spellings = ['ann@example.com', 'ANN@example.com', ' ann@EXAMPLE.com ', 'Ann@exAmple.Com'];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        post(n % 2 ? other : service, '/auth/register', { ...someone('ann'), email: spellings[n % 4] }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(await service.sql(count)).toEqual([{ n: 1 }]);
    const [newest] = await service.mails('ann@example.com');
    expect((await post(service, '/auth/confirm', { token: tokenIn(newest) })).status).toBe(200);
    await signIn(service, someone('ann'));
  });

  test('50 concurrent registrations with one name → one account, 49 times 409', async () => {
    const service = await start();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        post(service, '/auth/register', { ...someone(`n${n}`), name: n % 2 ? 'Ann Lee' : 'ANN LEE' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array.from({ length: 49 }, () => 409)]);
    expect(await service.sql(count)).toEqual([{ n: 1 }]);
  });

  const malformed = [
    'ann＠example.com',
    '"ann@evil"@example.com',
    '"ann"@example.com',
    'ann@example.com,bob@example.com',
    'ann@example.com;bob@example.com',
    'ann@example.com\r\nBcc: all@example.com',
    'ann@example.com\n',
    'ann\u0000@example.com',
    'ann@exa\u200bmple.com',
    'Ann <ann@example.com>',
    'ann@[127.0.0.1]',
    'ann@127.0.0.1',
    'ann@localhost',
    'ann@',
    '@example.com',
    'ann@@example.com',
    '.ann@example.com',
    'an..n@example.com',
    'ann(comment)@example.com',
    'ann@example.com%00',
    'ann@example．com',
    `${'a'.repeat(65)}@example.com`,
    `ann@${'a.'.repeat(130)}com`,
    '',
  ];

  test('`＠`, quotes, lists, line breaks and other malformed addresses → 400', async () => {
    const unlimited = { max: 10_000, window: 60 };
    const service = await start({ limits: { registerByNetwork: unlimited, mailByNetwork: unlimited } });
    for (const email of malformed) {
      for (const path of ['/auth/register', '/auth/forgot', '/auth/resend']) {
        expect([path, email, (await post(service, path, { ...someone('ann'), email })).status]).toEqual([
          path,
          email,
          400,
        ]);
      }
    }
    expect(await service.sql(count)).toEqual([{ n: 0 }]);
    expect(await service.mails()).toEqual([]);
  });

  test('a domain in Unicode and in ASCII is the same', async () => {
    const service = await start();
    await join(service, { ...someone('ann'), email: 'ann@xn--bcher-kva.example' });
    await post(service, '/auth/register', { ...someone('other'), email: 'ANN@BÜCHER.example' });
    expect(await service.sql(count)).toEqual([{ n: 1 }]);
    expect((await post(service, '/auth/login', { email: 'ann@bücher.example', password: goodPassword })).status).toBe(
      200,
    );
  });
});

describe('security 37: passwords', () => {
  test.each([
    ['8 characters', 'Kx9-fj2!'],
    ['128 characters', 'é'.repeat(128)],
    ['8 emoji', '😀🐎🔋📎😀🐎🔋🎈'],
    ['spaces around', '  horse battery  '],
    ['not normalised', 'Cafe\u0301 Ole\u0301s'],
  ])('%s: taken verbatim', async (name, password) => {
    const service = await start();
    const ann = await join(service, { ...someone('ann'), password });
    await signIn(service, ann);
    for (const near of [
      password.trim(),
      password.normalize('NFC'),
      password.toLowerCase(),
      [...password].slice(0, -1).join(''),
    ]) {
      if (near === password) continue;
      expect((await post(service, '/auth/login', { email: ann.email, password: near })).status, name).toBe(401);
    }
  });

  test('too short, too long, common, half a character → 400; 1 MB → 413', async () => {
    const service = await start();
    const common = ['password', '12345678', 'iloveyou', 'Password1', 'P@ssw0rd', 'qwertyuiop', 'sunshine', '1q2w3e4r'];
    for (const password of ['Kx9-fj2', '😀🐎🔋📎😀🐎🔋', 'é'.repeat(129), ...common]) {
      const answer = await post(service, '/auth/register', { ...someone('ann'), password });
      expect([password, answer.status]).toEqual([password, 400]);
      expect(answer.json['errors']).toEqual([{ path: 'body/password', message: expect.any(String) }]);
    }
    // Half a character is in no body at all.
    expect((await post(service, '/auth/register', { ...someone('ann'), password: 'Kx9-fj2!\ud800' })).status).toBe(400);
    const large = { ...someone('ann'), password: 'x'.repeat(1024 * 1024) };
    for (const path of ['/auth/register', '/auth/login', '/auth/reset', '/auth/accept']) {
      expect((await post(service, path, { token: 't', ...large })).status).toBe(413);
    }
    expect(await service.sql(count)).toEqual([{ n: 0 }]);
  });

  test('the list of common passwords has 3000 and more', () => {
    expect(countCommon()).toBeGreaterThan(3_000);
  });

  test('everything that is wrong is named at once', async () => {
    const answer = await post(await start(), '/auth/register', { email: 'x', name: ' ', password: 'short' });
    expect(answer.json['errors']).toEqual(
      ['email', 'name', 'password'].map((field) => ({ path: `body/${field}`, message: expect.any(String) })),
    );
  });
});

describe('who has an account does not show', () => {
  test('register, resend and forgot answer 202 for a known and an unknown address; the mail differs', async () => {
    const service = await start();
    await join(service, someone('ann'));
    for (const path of ['/auth/register', '/auth/resend', '/auth/forgot']) {
      const known = await post(service, path, { ...someone('other'), email: 'ann@example.com' });
      const unknown = await post(service, path, { ...someone('third'), email: `nobody${path.length}@example.com` });
      expect([known.status, known.json]).toEqual([202, { status: 'accepted' }]);
      expect([unknown.status, unknown.json]).toEqual([known.status, known.json]);
      await service.sql("delete from admins where name = 'third'");
    }
    const subjects = (await service.mails('ann@example.com')).map(({ subject }) => subject);
    expect(subjects[1]).toContain('have an account');
    expect(subjects[0]).toContain('new password');
    expect(await service.sql(count)).toEqual([{ n: 1 }]);
  });

  test('a taken name is 409, also with the address of who has it', async () => {
    const service = await start();
    await join(service, someone('ann'));
    for (const email of ['ann@example.com', 'other@example.com']) {
      const answer = await post(service, '/auth/register', { email, name: 'ＡNN', password: 'another horse battery' });
      expect([answer.status, answer.json['errors']]).toEqual([409, [{ path: 'body/name', message: 'is taken' }]]);
    }
  });

  test('no mail repeats what a stranger wrote', async () => {
    const service = await start();
    const name = 'Win a prize at http://evil.example';
    await post(service, '/auth/register', { ...someone('ann'), name });
    const [mail] = await service.mails();
    expect(JSON.stringify(mail)).not.toContain('evil');
  });
});

describe('who may register', () => {
  test('first: of two at once one account is made; others are told to ask for an invitation', async () => {
    const service = await start({}, { ACCOUNT_REGISTRATION: 'first' });
    const other = track(await service.another());
    const names = Array.from({ length: 10 }, (_, n) => `first${n}`);
    const answers = await Promise.all(
      names.map((name, n) => post(n % 2 ? other : service, '/auth/register', someone(name))),
    );
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 202));
    expect(await service.sql(count)).toEqual([{ n: 1 }]);
    const links = (await service.mails()).filter(({ text }) => text.includes('#'));
    expect(links).toHaveLength(1);
  });

  test('first: who never confirmed does not hold the place', async () => {
    const service = await start({}, { ACCOUNT_REGISTRATION: 'first' });
    await post(service, '/auth/register', someone('typo'));
    await service.sql("update admins_link set expires_at = now() - interval '1 second'");
    await join(service, someone('ann'));
    expect(await service.sql(count)).toEqual([{ n: 1 }]);
  });

  test('first in production: only ADMIN_EMAIL', async () => {
    const service = await start({}, { ACCOUNT_REGISTRATION: 'first', ADMIN_EMAIL: 'Ann@example.com' });
    await post(service, '/auth/register', someone('mallory'));
    expect(await service.sql(count)).toEqual([{ n: 0 }]);
    await join(service, someone('ann'));
  });

  test('domain: an address elsewhere → 403, whether or not it is known', async () => {
    const service = await start({}, { ACCOUNT_REGISTRATION: 'domain', ACCOUNT_DOMAINS: 'example.com, example.org' });
    for (const email of ['a@evil.example', 'a@example.com.evil.example', 'a@sub.example.com', 'a@evilexample.com']) {
      expect((await post(service, '/auth/register', { ...someone('a'), email })).status).toBe(403);
    }
    await join(service, { ...someone('ann'), email: 'ann@EXAMPLE.org' });
  });

  test.each([
    [{ ACCOUNT_REGISTRATION: 'first' }, 'ADMIN_EMAIL'],
    [{ ACCOUNT_REGISTRATION: 'open' }, 'ACCOUNT_REGISTRATION'],
    [{ ACCOUNT_REGISTRATION: 'domain' }, 'ACCOUNT_DOMAINS'],
    [{ ACCOUNT_REGISTRATION: 'all', ADMIN_EMAIL: 'a@b.example' }, 'ACCOUNT_REGISTRATION'],
    [{ ACCOUNT_REGISTRATION: 'first', ADMIN_EMAIL: 'ann' }, 'ADMIN_EMAIL'],
    [{ ACCOUNT_REGISTRATION: 'first', ADMIN_EMAIL: 'a@b.example', ACCOUNT_KEYS: 'short' }, 'ACCOUNT_KEYS'],
  ])('production refuses to start with %j', async (env, variable) => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://users.example.com', ...env };
    const error = await start({}, production as Record<string, string>).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toContain(variable);
    expect(String(error)).not.toContain('short:');
  });

  test('open in production, said twice, starts', async () => {
    const env = { ACCOUNT_REGISTRATION: 'open', ACCOUNT_OPEN_TO_ANYONE: '1' };
    const service = await start({}, { NODE_ENV: 'production', PUBLIC_URL: 'https://users.example.com', ...env });
    const answer = await call(service, 'GET', '/.well-known/jwks.json');
    expect(answer.status).toBe(200);
  });
});
