import { describe, expect, test } from 'vitest';
import { call, join, post, signIn, someone, tokenIn } from './client.ts';
import { harness } from './harness.ts';
import { goodPassword } from './service.ts';

const { start, track } = harness();
const fresh = 'another horse battery';

describe('security 38: what a body may not change', () => {
  const extra = { role: 'admin', roles: ['admin'], id: '00000000-0000-0000-0000-000000000001', confirmed: true };
  const more = { ...extra, confirmed_at: '2020-01-01', active: true, password_hash: 'x', email_verified: true };

  test('extra role, id and confirmed change nothing', async () => {
    const service = await start({ role: 'user' });
    await post(service, '/auth/register', { ...someone('ann'), ...more });
    const [row] = await service.sql('select id, role, confirmed_at from admins');
    expect(row).toMatchObject({ role: 'user', confirmed_at: null });
    expect(row?.['id']).not.toBe(extra.id);
    await post(service, '/auth/confirm', { token: tokenIn((await service.mails())[0]), ...more });
    const { access: token } = await signIn(service, someone('ann'));
    const before = await call(service, 'GET', '/auth/me', { token });
    const after = await call(service, 'PUT', '/auth/me', { token, body: more });
    expect([after.status, after.json]).toEqual([200, before.json]);
    expect((await call(service, 'GET', '/managed', { token })).status).toBe(403);
  });

  test("who is no administrator reaches no other's account", async () => {
    const service = await start({ role: 'user' });
    await join(service, someone('ann'));
    const { access: token } = await signIn(service, await join(service, someone('bob')));
    const [ann] = await service.sql("select id from admins where name = 'ann'");
    for (const [method, path, body] of [
      ['GET', '/auth/admins'],
      ['POST', '/auth/invite', { email: 'x@example.com' }],
      ['PUT', `/auth/admins/${String(ann?.['id'])}`, { active: false }],
      ['DELETE', `/auth/admins/${String(ann?.['id'])}`],
      ['DELETE', '/auth/admins/not-an-id'],
    ] as const) {
      expect((await call(service, method, path, { token, ...(body ? { body } : {}) })).status, path).toBe(403);
      expect((await call(service, method, path, body ? { body } : {})).status, path).toBe(401);
    }
  });

  test('deleting or disabling the last admin → 409, also when two leave at once', async () => {
    const service = await start();
    const other = track(await service.another());
    const { access: ann } = await signIn(service, await join(service, someone('ann')));
    expect((await call(service, 'DELETE', '/auth/me', { token: ann })).status).toBe(409);
    const { json: self } = await call(service, 'GET', '/auth/me', { token: ann });
    const path = `/auth/admins/${String(self['id'])}`;
    expect((await call(service, 'PUT', path, { token: ann, body: { active: false } })).status).toBe(409);
    const { access: bob } = await signIn(service, await join(service, someone('bob')));
    const answers = await Promise.all([
      call(service, 'DELETE', '/auth/me', { token: ann }),
      call(other, 'DELETE', '/auth/me', { token: bob }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await service.sql('select count(*)::int as n from admins')).toEqual([{ n: 1 }]);
  });
});

describe('security 40: what ends access', () => {
  test.each(['disable', 'delete', 'change the password', 'reset the password'])(
    '%s: refresh tokens die at once',
    async (how) => {
      const service = await start();
      const { access: admin } = await signIn(service, await join(service, someone('admin')));
      const ann = await join(service, someone('ann'));
      const sessions = [await signIn(service, ann), await signIn(service, ann)];
      const token = sessions[0]?.access ?? '';
      const { json } = await call(service, 'GET', '/auth/me', { token });
      const path = `/auth/admins/${String(json['id'])}`;
      if (how === 'disable') await call(service, 'PUT', path, { token: admin, body: { active: false } });
      if (how === 'delete') expect((await call(service, 'DELETE', path, { token: admin })).status).toBe(204);
      if (how === 'change the password') {
        const body = { password: fresh, current_password: ann.password };
        expect((await call(service, 'PUT', '/auth/me', { token, body })).status).toBe(200);
      }
      if (how === 'reset the password') {
        await post(service, '/auth/forgot', { email: ann.email });
        const link = tokenIn((await service.mails(ann.email))[0]);
        expect((await post(service, '/auth/reset', { token: link, password: fresh })).status).toBe(200);
      }
      for (const { refresh } of sessions) {
        expect((await post(service, '/auth/refresh', { refresh_token: refresh })).status).toBe(401);
      }
      expect((await post(service, '/auth/login', ann)).status).toBe(401);
      expect(await service.sql('select count(*)::int as n from admins_session')).toEqual([{ n: 1 }]);
    },
  );

  test('a sign-in with the old password while it is being changed leaves no session', async () => {
    const service = await start();
    const ann = await join(service, someone('ann'));
    const { access: token } = await signIn(service, ann);
    const body = { password: fresh, current_password: ann.password };
    const attempts = Array.from({ length: 6 }, () => post(service, '/auth/login', ann));
    const [changed, ...signedIn] = await Promise.all([call(service, 'PUT', '/auth/me', { token, body }), ...attempts]);
    expect(changed?.status).toBe(200);
    for (const { json } of signedIn) {
      if (json['refresh_token'] === undefined) continue;
      expect((await post(service, '/auth/refresh', { refresh_token: json['refresh_token'] })).status).toBe(401);
    }
  });

  test('a disabled administrator manages nothing, although the access token lives on', async () => {
    const service = await start();
    const { access: ann } = await signIn(service, await join(service, someone('ann')));
    const { access: bob } = await signIn(service, await join(service, someone('bob')));
    const { json } = await call(service, 'GET', '/auth/me', { token: bob });
    await call(service, 'PUT', `/auth/admins/${String(json['id'])}`, { token: ann, body: { active: false } });
    for (const path of ['/auth/me', '/auth/admins']) {
      expect((await call(service, 'GET', path, { token: bob })).status).toBe(401);
    }
  });
});

describe('security 41: changing the email', () => {
  test('needs the password, and the old one stays until the new one is confirmed', async () => {
    const service = await start();
    const ann = await join(service, someone('ann'));
    const { access: token } = await signIn(service, ann);
    const change = (body: object) => call(service, 'PUT', '/auth/me', { token, body });
    const email = 'New@example.com';
    expect((await change({ email })).status).toBe(400);
    expect((await change({ email, current_password: fresh })).status).toBe(403);
    const asked = await change({ email, current_password: goodPassword });
    expect(asked.json).toMatchObject({ email: ann.email, pending_email: 'new@example.com' });
    await signIn(service, ann);
    expect((await post(service, '/auth/login', { ...ann, email })).status).toBe(401);
    expect((await service.mails(ann.email))[0]?.subject).toContain('about to change');

    const link = tokenIn((await service.mails('new@example.com'))[0]);
    expect((await post(service, '/auth/confirm', { token: link })).status).toBe(200);
    await signIn(service, { ...ann, email });
    expect((await post(service, '/auth/login', ann)).status).toBe(401);
    expect((await service.mails(ann.email))[0]?.subject).toContain('was changed');
  });

  test("another's address: the same answer, another mail, and no link", async () => {
    const service = await start();
    await join(service, someone('bob'));
    const { access: token } = await signIn(service, await join(service, someone('ann')));
    const body = { email: 'bob@example.com', current_password: goodPassword };
    const asked = await call(service, 'PUT', '/auth/me', { token, body });
    expect([asked.status, asked.json['pending_email']]).toEqual([200, 'bob@example.com']);
    const [mail] = await service.mails('bob@example.com');
    expect(mail?.text).not.toContain('#');
  });

  test('a new password needs the old one; guesses of it are limited', async () => {
    const service = await start();
    const { access: token } = await signIn(service, await join(service, someone('ann')));
    const guess = () =>
      call(service, 'PUT', '/auth/me', { token, body: { password: fresh, current_password: 'wrong horse battery' } });
    const answers = await Promise.all(Array.from({ length: 20 }, guess));
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
  });
});

describe('security 43: lists', () => {
  test('are paged and capped, and no hash or token leaves', async () => {
    const service = await start();
    const { access: token } = await signIn(service, await join(service, someone('ann')));
    await service.sql(
      `insert into admins (email, name, name_key, password_hash, role)
       select n || '@example.com', 'n' || n, 'n' || n, '$argon2id$secret', 'admin' from generate_series(1, 150) n`,
    );
    const list = (query: string) => call(service, 'GET', `/auth/admins${query}`, { token });
    const first = await list('');
    expect(first.json['items']).toHaveLength(20);
    expect(first.json['total']).toBe(151);
    expect((await list('?limit=100&offset=100')).json['items']).toHaveLength(51);
    for (const query of ['?limit=101', '?limit=0', '?limit=x', '?offset=-1', '?limit=1e1']) {
      expect((await list(query)).status).toBe(400);
    }
    expect(first.text).not.toMatch(/argon2|hash|token/);
  });

  test('security 50: no password, token or link reaches log or audit table', async () => {
    const service = await start();
    const ann = await join(service, someone('ann'));
    const link = tokenIn((await service.mails())[0]);
    const tokens = await signIn(service, ann);
    await post(service, '/auth/login', { ...ann, password: 'wrong horse battery' });
    await post(service, '/auth/refresh', { refresh_token: tokens.refresh });
    await call(service, 'GET', '/auth/me', { token: `${tokens.access}x` });
    const written = service.lines.join('') + JSON.stringify(await service.sql('select * from audit'));
    for (const secret of [ann.password, 'wrong horse', link, ...Object.values(tokens), ann.email]) {
      expect(written).not.toContain(secret);
    }
  });

  test('security 52: sign-in, sign-out, failures and changes are logged and in the audit table', async () => {
    const service = await start();
    const ann = await join(service, someone('ann'));
    const tokens = await signIn(service, ann);
    await post(service, '/auth/login', { ...ann, password: 'wrong horse battery' });
    const body = { name: 'Ann', password: fresh, current_password: ann.password };
    await call(service, 'PUT', '/auth/me', { token: tokens.access, body });
    const again = await signIn(service, { ...ann, password: fresh });
    await post(service, '/auth/logout', { refresh_token: again.refresh });
    const rows = await service.sql('select event, actor_id, subject_id, address from audit order by id');
    const events = [
      'registered',
      'confirmed',
      'sign-in',
      'sign-in-failed',
      'renamed',
      'password-changed',
      'sign-in',
      'sign-out',
    ];
    expect(rows.map(({ event }) => event)).toEqual(events);
    expect(rows.every(({ address }) => address === '127.0.0.1')).toBe(true);
    const logged = service.lines.flatMap((line) => /"event":"([a-z-]+)"/.exec(line)?.[1] ?? []);
    expect(logged).toEqual(events);
  });
});
