import { describe, expect, test } from 'vitest';
import { call, join, post, signIn, someone, tokenIn } from './client.ts';
import { harness } from './harness.ts';

const { start } = harness();
const fresh = 'another horse battery';

describe('mail links', () => {
  test('32 random bytes, stored hashed only', async () => {
    const service = await start();
    await post(service, '/auth/register', someone('ann'));
    const token = tokenIn((await service.mails())[0]);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const rows = JSON.stringify(await service.sql("select *, encode(hash, 'escape') as text from admins_link"));
    expect(rows).not.toContain(token);
  });

  test('24 h; a reset 20 min', async () => {
    const service = await start();
    await join(service, someone('ann'));
    await post(service, '/auth/forgot', { email: 'ann@example.com' });
    await service.app.accounts.settled();
    await post(service, '/auth/register', someone('bob'));
    const rows = await service.sql(
      'select purpose, round(extract(epoch from expires_at - now()) / 60)::int as minutes from admins_link order by purpose',
    );
    expect(rows).toEqual([
      { purpose: 'confirm', minutes: 24 * 60 },
      { purpose: 'reset', minutes: 20 },
    ]);
    const [confirm, reset] = await service.mails();
    await service.sql("update admins_link set expires_at = now() - interval '1 second'");
    expect((await post(service, '/auth/confirm', { token: tokenIn(confirm) })).json['code']).toBe('LINK_REJECTED');
    const late = await post(service, '/auth/reset', { token: tokenIn(reset), password: fresh });
    expect(late.json['code']).toBe('LINK_REJECTED');
  });

  test('the newest wins', async () => {
    const service = await start();
    await post(service, '/auth/register', someone('ann'));
    await post(service, '/auth/resend', { email: 'ann@example.com' });
    const [newest, older] = await service.mails();
    expect((await post(service, '/auth/confirm', { token: tokenIn(older) })).status).toBe(400);
    expect((await post(service, '/auth/confirm', { token: tokenIn(newest) })).status).toBe(200);
  });

  test('a link whose newer one was not mailed any more stays good', async () => {
    const service = await start();
    for (let n = 0; n < 8; n++) await post(service, '/auth/register', someone('ann'));
    const mails = await service.mails();
    expect(mails).toHaveLength(5);
    expect((await post(service, '/auth/confirm', { token: tokenIn(mails[0]) })).status).toBe(200);
  });

  test('consumed once, of 20 uses at once', async () => {
    const service = await start();
    await post(service, '/auth/register', someone('ann'));
    const token = tokenIn((await service.mails())[0]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(service, '/auth/confirm', { token })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 400)]);
  });

  test('bound to its purpose: a link to confirm sets no password, and the other way round', async () => {
    const service = await start();
    await join(service, someone('ann'));
    await post(service, '/auth/register', someone('bob'));
    const confirm = tokenIn((await service.mails())[0]);
    expect((await post(service, '/auth/reset', { token: confirm, password: fresh })).status).toBe(400);
    expect((await post(service, '/auth/accept', { token: confirm, name: 'x', password: fresh })).status).toBe(400);
    await post(service, '/auth/forgot', { email: 'ann@example.com' });
    const reset = tokenIn((await service.mails())[0]);
    expect((await post(service, '/auth/confirm', { token: reset })).status).toBe(400);
    expect((await post(service, '/auth/reset', { token: reset, password: fresh })).status).toBe(200);
  });

  test('bound to its address: after a change of email the old reset link is dead', async () => {
    const service = await start();
    await join(service, someone('ann'));
    await post(service, '/auth/forgot', { email: 'ann@example.com' });
    const reset = tokenIn((await service.mails())[0]);
    await service.sql("update admins set email = 'new@example.com'");
    expect((await post(service, '/auth/reset', { token: reset, password: fresh })).status).toBe(400);
  });

  test('GET consumes nothing and confirming signs nobody in', async () => {
    const service = await start();
    await post(service, '/auth/register', someone('ann'));
    const token = tokenIn((await service.mails())[0]);
    expect((await call(service, 'GET', '/auth/confirm')).status).toBe(405);
    const confirmed = await post(service, '/auth/confirm', { token });
    expect([confirmed.status, confirmed.text]).toEqual([200, '{"status":"done"}']);
    const cookies = confirmed.headers.getSetCookie().map((cookie) => cookie.split('=')[0]);
    expect(cookies).toEqual(['device-5000']);
    expect((await call(service, 'GET', '/auth/me', { headers: { cookie: cookies.join() } })).status).toBe(401);
  });

  test('a bad new password leaves the link good', async () => {
    const service = await start();
    await join(service, someone('ann'));
    await post(service, '/auth/forgot', { email: 'ann@example.com' });
    const token = tokenIn((await service.mails())[0]);
    expect((await post(service, '/auth/reset', { token, password: 'password' })).status).toBe(400);
    expect((await post(service, '/auth/reset', { token, password: fresh })).status).toBe(200);
    await signIn(service, { ...someone('ann'), password: fresh });
    expect((await post(service, '/auth/login', someone('ann'))).status).toBe(401);
    expect((await service.mails())[0]?.subject).toContain('was changed');
  });
});
