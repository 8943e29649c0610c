import { decodeProtectedHeader, createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { call, join, post, signIn, someone, tokenIn } from './client.ts';
import { harness } from './harness.ts';

const { start, track } = harness();

test('register, confirm, sign in, refresh, sign out', async () => {
  const service = await start();
  const ann = someone('ann');
  const registered = await post(service, '/auth/register', ann);
  expect([registered.status, registered.json]).toEqual([202, { status: 'accepted' }]);
  expect((await post(service, '/auth/login', ann)).status).toBe(401);

  const [mail] = await service.mails(ann.email);
  expect(mail?.text).toContain('http://localhost:5000/auth/confirm#');
  const confirmed = await post(service, '/auth/confirm', { token: tokenIn(mail) });
  expect([confirmed.status, confirmed.json]).toEqual([200, { status: 'done' }]);

  const login = await post(service, '/auth/login', ann);
  expect(login.json).toEqual({
    access_token: expect.any(String),
    refresh_token: expect.stringMatching(/^[\w-]{43}$/),
    expires_in: 900,
    token_type: 'Bearer',
  });
  expect(login.headers.get('cache-control')).toBe('no-store');
  const token = String(login.json['access_token']);
  const mine = await call(service, 'GET', '/auth/me', { token });
  expect(mine.json).toEqual({
    id: expect.any(String),
    email: ann.email,
    name: 'ann',
    role: 'admin',
    confirmed: true,
    active: true,
    created_at: expect.any(String),
    pending_email: null,
  });
  expect((await call(service, 'GET', '/managed', { token })).json).toEqual({ sub: mine.json['id'], roles: ['admin'] });

  const refreshed = await post(service, '/auth/refresh', { refresh_token: login.json['refresh_token'] });
  expect(refreshed.status).toBe(200);
  expect((await post(service, '/auth/logout', { refresh_token: refreshed.json['refresh_token'] })).status).toBe(204);
  expect((await post(service, '/auth/refresh', { refresh_token: refreshed.json['refresh_token'] })).status).toBe(401);
});

test('publishes the keys of its access tokens, and a rotation keeps the old one', async () => {
  const [old, fresh] = ['o'.repeat(40), 'f'.repeat(40)];
  const service = await start({}, { ACCOUNT_KEYS: old });
  await join(service, someone('ann'));
  const before = await signIn(service, someone('ann'));
  const rotated = track(await service.another({}, { ACCOUNT_KEYS: `${fresh},${old}` }));
  const after = await signIn(rotated, someone('ann'));
  expect(decodeProtectedHeader(after.access)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
  expect(decodeProtectedHeader(after.access).kid).not.toBe(decodeProtectedHeader(before.access).kid);

  const keySet = await call(rotated, 'GET', '/.well-known/jwks.json');
  expect(keySet.headers.get('cache-control')).toBe('public, max-age=300');
  expect(keySet.text).not.toContain('"d"');
  const keys = createRemoteJWKSet(new URL(`${rotated.origin}/.well-known/jwks.json`));
  for (const { access } of [before, after]) {
    const { payload } = await jwtVerify(access, keys, {
      issuer: 'http://localhost:5000',
      audience: 'http://localhost:5000',
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(900);
    expect((await call(rotated, 'GET', '/mine', { token: access })).status).toBe(200);
  }
});

test('an administrator invites another, who accepts by the mailed link', async () => {
  const service = await start({}, { ACCOUNT_REGISTRATION: 'first' });
  await join(service, someone('ann'));
  const ann = await signIn(service, someone('ann'));
  await post(service, '/auth/register', someone('bob'));
  expect((await service.mails('bob@example.com'))[0]?.subject).toContain('by invitation');

  const invited = await post(service, '/auth/invite', { email: 'bob@example.com' }, { token: ann.access });
  expect([invited.status, invited.json['confirmed']]).toEqual([202, false]);
  const token = tokenIn((await service.mails('bob@example.com'))[0]);
  const bob = someone('bob');
  const taken = await post(service, '/auth/accept', { token, name: 'ANN', password: bob.password });
  expect(taken.status).toBe(409);
  const accepted = await post(service, '/auth/accept', { token, name: 'Bob', password: bob.password });
  expect([accepted.status, accepted.json['role'], accepted.json['confirmed']]).toEqual([201, 'admin', true]);
  expect((await post(service, '/auth/accept', { token, name: 'Bob', password: bob.password })).status).toBe(400);
  const { access } = await signIn(service, bob);
  const list = await call(service, 'GET', '/auth/admins', { token: access });
  expect(list.json['total']).toBe(2);
  expect((await post(service, '/auth/invite', { email: 'ann@example.com' }, { token: access })).status).toBe(409);
  expect((await call(service, 'GET', '/auth/admins')).status).toBe(401);
});
