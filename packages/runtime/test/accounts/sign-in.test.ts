import { describe, expect, test } from 'vitest';
import { call, join, post, signIn, someone } from './client.ts';
import { harness } from './harness.ts';

const { start, track } = harness();
const unlimited = { max: 100_000, window: 60 };
const noLimits = { signInByNetwork: unlimited, signInByAccount: unlimited, registerByNetwork: unlimited };

describe('security 35: unknown email, wrong password, unconfirmed account', () => {
  test('same status, same body, same headers, same work', async () => {
    const service = await start({ limits: noLimits });
    const ann = await join(service, someone('ann'));
    const off = await join(service, someone('off'));
    await service.sql("update admins set disabled_at = now() where name = 'off'");
    await post(service, '/auth/register', someone('late'));
    const attempts = {
      unknown: { email: 'nobody@example.com', password: ann.password },
      wrong: { email: ann.email, password: 'wrong horse battery' },
      unconfirmed: someone('late'),
      disabled: off,
      malformed: { email: 'nobody', password: ann.password },
      short: { email: ann.email, password: 'x' },
    };
    await post(service, '/auth/login', attempts.unknown);
    const answers = [];
    for (const body of Object.values(attempts)) {
      const before = service.app.accounts.hashes();
      const answer = await post(service, '/auth/login', body);
      answers.push({
        status: answer.status,
        body: { ...answer.json, requestId: '' },
        headers: [...answer.headers.keys()].sort(),
        hashes: service.app.accounts.hashes() - before,
      });
    }
    const [first] = answers;
    expect(first).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_REJECTED' }, hashes: 1 });
    for (const answer of answers) expect(answer).toEqual(first);
  });

  test('report: medians of 200 tries each', { timeout: 600_000 }, async () => {
    const service = await start({ limits: noLimits });
    const ann = await join(service, someone('ann'));
    await post(service, '/auth/register', someone('late'));
    const attempts = {
      unknown: { email: 'nobody@example.com', password: ann.password },
      wrong: { email: ann.email, password: 'wrong horse battery' },
      unconfirmed: someone('late'),
    };
    const times: Record<string, number[]> = { unknown: [], wrong: [], unconfirmed: [] };
    await post(service, '/auth/login', attempts.unknown);
    const before = service.app.accounts.hashes();
    for (let round = 0; round < 200; round++) {
      for (const [name, body] of Object.entries(attempts)) {
        const begun = performance.now();
        await post(service, '/auth/login', body);
        times[name]?.push(performance.now() - begun);
      }
    }
    const medians = Object.entries(times).map(([name, all]) => `${name} ${median(all).toFixed(1)} ms`);
    process.stdout.write(`security 35, medians of 200: ${medians.join(', ')}\n`);
    expect(service.app.accounts.hashes() - before).toBe(600);
  });
});

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

describe('security 39: refresh tokens', () => {
  const refresh = (service: Awaited<ReturnType<typeof start>>, token: unknown) =>
    post(service, '/auth/refresh', { refresh_token: token });

  test('of 20 parallel uses one is 200, and its token works', async () => {
    const service = await start();
    const other = track(await service.another());
    const { refresh: token } = await signIn(service, await join(service, someone('ann')));
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => refresh(n % 2 ? other : service, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 401)]);
    const next = answers.find(({ status }) => status === 200)?.json['refresh_token'];
    expect((await refresh(other, next)).status).toBe(200);
  });

  test('used again within 10 s of its rotation → 401, family kept', async () => {
    const service = await start();
    const { refresh: token } = await signIn(service, await join(service, someone('ann')));
    const next = (await refresh(service, token)).json['refresh_token'];
    const again = await refresh(service, token);
    expect([again.status, again.json['code']]).toEqual([401, 'UNAUTHENTICATED']);
    expect((await refresh(service, next)).status).toBe(200);
  });

  test.each([1, 3])('used again later, %i rotation(s) old → 401 and the whole family revoked', async (rotations) => {
    const service = await start();
    const ann = await join(service, someone('ann'));
    const { refresh: token } = await signIn(service, ann);
    const untouched = await signIn(service, ann);
    let newest: unknown = token;
    for (let n = 0; n < rotations; n++) newest = (await refresh(service, newest)).json['refresh_token'];
    await service.sql("update admins_refresh_token set used_at = used_at - interval '11 seconds'");
    expect((await refresh(service, token)).status).toBe(401);
    expect((await refresh(service, newest)).status).toBe(401);
    expect((await refresh(service, untouched.refresh)).status).toBe(200);
    expect(await service.sql("select count(*)::int as n from audit where event = 'refresh-token-reused'")).toEqual([
      { n: 1 },
    ]);
  });

  test.each(['', 'x', 'A'.repeat(43), `' or 1=1 --`])('an unknown one (%j) → 401', async (token) => {
    expect((await refresh(await start(), token)).status).toBe(401);
  });

  test('one of a session that is too old → 401', async () => {
    const service = await start();
    const { refresh: token } = await signIn(service, await join(service, someone('ann')));
    await service.sql("update admins_session set expires_at = now() - interval '1 second'");
    expect((await refresh(service, token)).status).toBe(401);
  });
});

describe('access tokens', () => {
  test('security 24, 25, 26, 27, 28, 32: what is no access token of this service → 401', async () => {
    const service = await start();
    const { access } = await signIn(service, await join(service, someone('ann')));
    const [head = '', body = '', signature = ''] = access.split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object;
    const forged = (changes: object) => [encode({ ...header, ...changes }), body, signature].join('.');
    const tokens = [
      forged({ alg: 'none' }),
      `${encode({ ...header, alg: 'none' })}.${body}.`,
      forged({ typ: 'JWT' }),
      forged({ kid: '../../etc/passwd' }),
      forged({ kid: "' or 1=1 --" }),
      forged({ crit: ['x'] }),
      forged({ jku: 'https://evil.example/jwks.json' }),
      `${head}.${encode({ sub: 'x', roles: ['admin'] })}.${signature}`,
      'x',
      `${access}x`,
      // The same bytes, spelled otherwise.
      `${access}==`,
      withOtherLastBits(access),
      `${access.slice(0, -9)} ${access.slice(-9)}`,
    ];
    for (const token of tokens) expect((await call(service, 'GET', '/mine', { token })).status).toBe(401);
    const bare = await call(service, 'GET', '/mine');
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    // RFC 6750, section 3.1: a token in the address is an invalid request.
    expect((await call(service, 'GET', `/mine?access_token=${access}`)).status).toBe(400);
    expect((await call(service, 'GET', '/mine', { token: access })).status).toBe(200);
    const elsewhere = track(await service.another({}, { PUBLIC_URL: 'http://localhost:5001' }));
    expect((await call(elsewhere, 'GET', '/mine', { token: access })).status).toBe(401);
    const otherKeys = track(await service.another({}, { ACCOUNT_KEYS: 'z'.repeat(40) }));
    expect((await call(otherKeys, 'GET', '/mine', { token: access })).status).toBe(401);
  });
});

/** The last character of an Ed25519 signature in base64url has four bits that no decoder looks at. */
function withOtherLastBits(token: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + digits[digits.indexOf(token.at(-1) ?? '') ^ 1];
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
