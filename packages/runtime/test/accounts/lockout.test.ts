import { describe, expect, test } from 'vitest';
import type { LimitStore } from '@keelson/runtime/accounts';
import { type Answer, join, post, signIn, someone, tokenIn } from './client.ts';
import { harness } from './harness.ts';
import type { TestAccounts } from './service.ts';

const { start, track } = harness();

/** The test speaks as the load balancer, which alone is believed. */
const behindProxy = { TRUSTED_PROXIES: '127.0.0.1/32' };
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

interface Guesses {
  readonly email?: (n: number) => string;
  readonly headers?: (n: number) => Record<string, string>;
}

function guess(services: readonly TestAccounts[], { email, headers }: Guesses = {}): Promise<Answer[]> {
  return Promise.all(
    Array.from({ length: 100 }, (_, n) => {
      const [first] = services;
      const service = services[n % services.length] ?? first;
      if (!service) throw new Error('no service');
      const body = { email: email?.(n) ?? 'ann@example.com', password: `wrong horse battery ${n}` };
      return post(service, '/auth/login', body, { headers: headers?.(n) ?? {} });
    }),
  );
}

function tally(answers: readonly Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe('security 42: 100 guesses at once', () => {
  test('from one address, at one account: 10 are looked at, the rest is 429 with Retry-After', async () => {
    const service = await start();
    await join(service, someone('ann'));
    const other = track(await service.another());
    const before = service.app.accounts.hashes() + other.app.accounts.hashes();
    const answers = await guess([service, other]);
    expect(tally(answers)).toEqual({ 401: 10, 429: 90 });
    // Beside the guesses each process hashes once for addresses that nobody has.
    expect(service.app.accounts.hashes() + other.app.accounts.hashes() - before).toBeLessThanOrEqual(12);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(refused?.json['code']).toBe('TOO_MANY_REQUESTS');
  });

  test('at an account that does not exist: the same', async () => {
    const service = await start();
    expect(tally(await guess([service], { email: () => 'nobody@example.com' }))).toEqual({ 401: 10, 429: 90 });
  });

  test('from one address, at many accounts: 30 are looked at', async () => {
    const service = await start();
    const answers = await guess([service], { email: (n) => `person${n}@example.com` });
    expect(tally(answers)).toEqual({ 401: 30, 429: 70 });
  });

  test.each([
    ['many addresses, at one account', (n: number) => `198.51.100.${n}`, undefined, 10],
    ['one IPv6 /64, at many accounts', (n: number) => `2001:db8:1:2:${n.toString(16)}::${n}`, 'many', 30],
    ['one address in two spellings', (n: number) => (n % 2 ? '::ffff:198.51.100.7' : '198.51.100.7'), 'many', 30],
  ])('from %s', async (_title, address, accounts, looked) => {
    const service = await start({}, behindProxy);
    const answers = await guess([service], {
      headers: (n) => from(address(n)).headers,
      ...(accounts === undefined ? {} : { email: (n: number) => `person${n}@example.com` }),
    });
    expect(tally(answers)).toEqual({ 401: looked, 429: 100 - looked });
  });

  test('from two IPv6 /64: each has a limit of its own', async () => {
    const service = await start({}, behindProxy);
    const answers = await guess([service], {
      headers: (n) => from(`2001:db8:1:${n % 2}::${n}`).headers,
      email: (n) => `person${n}@example.com`,
    });
    expect(tally(answers)).toEqual({ 401: 60, 429: 40 });
  });

  test('a spoofed X-Forwarded-For changes nothing', async () => {
    const direct = await start();
    const spoofed = {
      email: (n: number) => `person${n}@example.com`,
      headers: (n: number) => from(`203.0.113.${n}`).headers,
    };
    expect(tally(await guess([direct], spoofed))).toEqual({ 401: 30, 429: 70 });
    const proxied = await start({}, behindProxy);
    // What the client wrote stands before what the load balancer added.
    const prefixed = { ...spoofed, headers: (n: number) => from(`203.0.113.${n}, 198.51.100.9`).headers };
    expect(tally(await guess([proxied], prefixed))).toEqual({ 401: 30, 429: 70 });
  });
});

describe('security 42: the victim is not locked out', () => {
  test('signs in from a known device, from the very address of the guesses, by cookie or by field', async () => {
    const service = await start();
    const ann = await join(service, someone('ann'));
    const { device } = await signIn(service, ann);
    expect(device).toMatch(/^device-5000=[\w-]{43}$/);
    await guess([service]);
    expect((await post(service, '/auth/login', ann)).status).toBe(429);
    await signIn(service, ann, { headers: { cookie: device } });
    const field = await post(service, '/auth/login', { ...ann, device_token: device.split('=')[1] });
    expect(field.status).toBe(200);
  });

  test('without a known device a new password by mail lets them in', async () => {
    const service = await start();
    const ann = await join(service, someone('ann'));
    await guess([service]);
    await post(service, '/auth/forgot', { email: ann.email });
    const password = 'another horse battery';
    const token = tokenIn((await service.mails(ann.email))[0]);
    const reset = await post(service, '/auth/reset', { token, password });
    const [cookie = ''] = reset.headers.getSetCookie();
    await signIn(service, { ...ann, password }, { headers: { cookie: cookie.split(';')[0] ?? '' } });
  });

  test("another's device, or a made-up one, is no known device; a stolen one has a limit too", async () => {
    const service = await start();
    await join(service, someone('ann'));
    const { device: mallorys } = await signIn(service, await join(service, someone('mallory')));
    for (const cookie of [mallorys, `device-5000=${'A'.repeat(43)}`]) {
      await guess([service], { headers: () => ({ cookie }) });
      expect((await post(service, '/auth/login', someone('ann'), { headers: { cookie } })).status).toBe(429);
      await service.sql('delete from admins_limit');
    }
    const { device } = await signIn(service, someone('ann'));
    expect(tally(await guess([service], { headers: () => ({ cookie: device }) }))).toEqual({ 401: 10, 429: 90 });
    // Nor did those guesses touch the limits of others.
    await signIn(service, someone('ann'));
  });

  test('sign-ins that succeed use nothing up', async () => {
    const service = await start();
    const ann = await join(service, someone('ann'));
    for (let n = 0; n < 35; n++) await signIn(service, ann);
    expect(await service.sql('select count(*)::int as n from admins_device')).toEqual([{ n: 20 }]);
  });
});

test('the device cookie is for this host alone, and no script reads it', async () => {
  const service = await start({}, { PUBLIC_URL: 'https://users.example.com' });
  const ann = await join(service, someone('ann'));
  const answer = await post(service, '/auth/login', ann);
  expect(answer.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-device=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=31536000$/),
  ]);
});

test('429 for registrations, mails and links too', async () => {
  const few = { max: 3, window: 60 };
  const service = await start({ limits: { registerByNetwork: few, mailByNetwork: few, linkByNetwork: few } });
  for (const [path, body] of [
    ['/auth/register', { email: 'x', name: 'x', password: 'x' }],
    ['/auth/forgot', { email: 'a@example.com' }],
    ['/auth/confirm', { token: 'x' }],
  ] as const) {
    const answers = [];
    for (let n = 0; n < 4; n++) answers.push((await post(service, path, body)).status);
    expect(answers.slice(0, 3)).not.toContain(429);
    expect(answers[3]).toBe(429);
  }
});

describe('fault 11: limiter store down', () => {
  test('→ local limit and an alarm line', async () => {
    const service = await start();
    await join(service, someone('ann'));
    await service.sql('alter table admins_limit rename to gone');
    expect(tally(await guess([service]))).toEqual({ 401: 10, 429: 90 });
    expect(service.lines.join('')).toContain('"event":"limiter-store-down"');
  });

  test('→ the same when it does not answer', async () => {
    const silent: LimitStore = { take: () => new Promise(() => {}), giveBack: () => new Promise(() => {}) };
    const service = await start({ limitStore: silent });
    expect((await post(service, '/auth/login', someone('ann'))).status).toBe(401);
    expect(service.lines.join('')).toContain('no answer within');
  });
});
