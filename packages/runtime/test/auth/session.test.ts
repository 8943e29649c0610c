import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memorySessions, type SessionStore } from '@keelson/runtime/session';
import { type Browser, createBrowser, setCookies } from './browser.ts';
import { startService, type TestService } from './service.ts';

let service: TestService;
let browser: Browser;
beforeEach(async () => {
  service = await startService();
  browser = createBrowser(service.app);
});
afterEach(async () => {
  vi.useRealTimers();
  await service.stop();
});

const json = { accept: 'application/json' };
const cookieOf = (jar: Map<string, string>) => jar.get('__Host-session') ?? '';
const withCookie = (cookie: string, app = service.app, url = '/page') =>
  app.inject({ url, headers: { ...json, cookie: `__Host-session=${cookie}` } });

function passTime(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
}

describe('session cookie', () => {
  it('security 15: __Host-, Secure, HttpOnly, SameSite=Lax, Path=/, no Domain, at most 4096 bytes', async () => {
    const [line] = setCookies(await browser.signIn()).filter((cookie) => cookie.startsWith('__Host-session='));
    const attributes = line?.split('; ').slice(1).sort();
    expect(attributes).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
    expect(line?.length).toBeLessThan(1024);
  });

  it('security 15: a plain name with the port on http://localhost only', async () => {
    const local = await startService({ provider: service.provider, env: { PUBLIC_URL: 'http://localhost:8000' } });
    const answer = await createBrowser(local.app).signIn();
    const [line] = setCookies(answer).filter((cookie) => cookie.startsWith('session-8000='));
    expect(line?.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax']);
    await local.app.close();
    const remote = startService({ provider: service.provider, env: { PUBLIC_URL: 'http://app.example.com' } });
    await expect(remote).rejects.toThrow('PUBLIC_URL');
  });

  it('security 15: over http elsewhere only when that was asked for by name', async () => {
    const env = { PUBLIC_URL: 'http://app.example.com', PUBLIC_URL_INSECURE: '1' };
    const insecure = await startService({ provider: service.provider, env });
    const answer = await createBrowser(insecure.app).signIn();
    const [line] = setCookies(answer).filter((cookie) => cookie.startsWith('session-80='));
    expect(line?.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax']);
    await insecure.app.close();
  });

  it('security 15: a profile that is too long is cut, the person stays who they are', async () => {
    const long = 'ü'.repeat(5_000);
    service.provider.faults.profile = {
      name: long,
      picture: `https://e/${'x'.repeat(500)}`,
      email: `${long}@e`,
      roles: ['admin'],
    };
    const answer = await browser.signIn();
    for (const line of setCookies(answer)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(4096);
    expect((await browser.get('/admin', json)).json()).toMatchObject({ sub: 'person-1', roles: ['admin'] });
  });

  it('security 15: roles that cannot fit refuse the login instead of losing one', async () => {
    service.provider.faults.profile = { roles: Array.from({ length: 500 }, (_, index) => `role-number-${index}`) };
    expect((await browser.signIn()).statusCode).toBe(400);
    expect(browser.jar.has('__Host-session')).toBe(false);
  });

  it('security 16: a flipped byte, a truncation, swapped parts and rubbish are anonymous, never 500', async () => {
    await browser.signIn();
    const cookie = cookieOf(browser.jar);
    const parts = cookie.split('.');
    const flipped = [...cookie].map(
      (_, index) => cookie.slice(0, index) + (cookie[index] === 'A' ? 'B' : 'A') + cookie.slice(index + 1),
    );
    const rubbish = [
      '',
      '.',
      '....',
      'a.b.c.d.e',
      '%00',
      '"',
      'null',
      'x'.repeat(9_000),
      `${cookie}.`,
      `${cookie}=`,
      ' ',
    ];
    const swapped = [parts.toReversed().join('.'), [parts[0], parts[1], parts[3], parts[2], parts[4]].join('.')];
    const bad = [
      ...flipped.filter((value) => value !== cookie),
      cookie.slice(0, -1),
      cookie.slice(1),
      ...rubbish,
      ...swapped,
    ];
    for (const value of bad) expect((await withCookie(value)).statusCode, value).toBe(401);
    expect((await withCookie(cookie)).statusCode).toBe(200);
  });

  it('security 16: a transaction cookie used as a session, or a session as a transaction, counts for nothing', async () => {
    const callback = await browser.comeBack();
    const [name = '', transaction = ''] = [...browser.jar][0] ?? [];
    expect((await withCookie(transaction)).statusCode).toBe(401);
    await browser.get(callback);
    const thief = createBrowser(service.app);
    thief.jar.set(name, cookieOf(browser.jar));
    expect((await thief.get(callback)).statusCode).toBe(400);
  });

  it("security 14: two sessions in one request are nobody's; rubbish beside a session does no harm", async () => {
    await browser.signIn();
    const other = createBrowser(service.app);
    service.provider.faults.profile = { sub: 'attacker' };
    await other.signIn();
    const [mine, theirs] = [cookieOf(browser.jar), cookieOf(other.jar)];
    expect((await withCookie(`${theirs}; __Host-session=${mine}`)).statusCode).toBe(401);
    expect((await withCookie(`planted; __Host-session=${mine}`)).json()).toMatchObject({ sub: 'person-1' });
  });

  it('keys rotate: the old key still opens, a removed key does not', async () => {
    await browser.signIn();
    const old = 'k'.repeat(40);
    const rotated = await startService({
      provider: service.provider,
      env: { SESSION_KEYS: `${'n'.repeat(40)},${old}` },
    });
    const without = await startService({ provider: service.provider, env: { SESSION_KEYS: 'n'.repeat(40) } });
    expect((await withCookie(cookieOf(browser.jar), rotated.app)).statusCode).toBe(200);
    expect((await withCookie(cookieOf(browser.jar), without.app)).statusCode).toBe(401);
    await rotated.app.close();
    await without.app.close();
  });
});

describe('session lifetime', () => {
  it('security 17: one second past the idle timeout the cookie is worth nothing', async () => {
    await browser.signIn();
    const cookie = cookieOf(browser.jar);
    passTime(8 * 3600 - 2);
    expect((await withCookie(cookie)).statusCode).toBe(200);
    passTime(3);
    expect((await withCookie(cookie)).statusCode).toBe(401);
  });

  it('security 17: one second past the absolute timeout the cookie is worth nothing, however busy', async () => {
    await browser.signIn();
    for (let hour = 1; hour < 24; hour++) {
      passTime(3600);
      expect((await browser.get('/page', json)).statusCode).toBe(200);
    }
    passTime(3601);
    expect((await browser.get('/page', json)).statusCode).toBe(401);
  });

  it('renews the cookie every few minutes, not on every request', async () => {
    await browser.signIn();
    expect(setCookies(await browser.get('/page', json))).toEqual([]);
    passTime(301);
    const cookie = cookieOf(browser.jar);
    const renewed = await withCookie(cookie);
    expect(setCookies(renewed)).toHaveLength(1);
    expect(renewed.headers['cache-control']).toBe('no-store');
    expect(setCookies(await withCookie(cookie))).toEqual([]);
  });
});

describe('revocation', () => {
  it('security 18: after logout a saved copy of the cookie is dead at once in this process', async () => {
    await browser.signIn();
    const saved = cookieOf(browser.jar);
    expect((await browser.post('/logout')).statusCode).toBe(303);
    expect(browser.jar.has('__Host-session')).toBe(false);
    expect((await withCookie(saved)).statusCode).toBe(401);
    expect((await withCookie(saved, service.app, '/public')).json()).toEqual({ person: null });
  });

  it('security 18: and within 30 s in another process', async () => {
    const store = memorySessions();
    const [here, there] = [
      await startService({ provider: service.provider, store }),
      await startService({ provider: service.provider, store }),
    ];
    const person = createBrowser(here.app);
    await person.signIn();
    const saved = cookieOf(person.jar);
    expect((await withCookie(saved, there.app)).statusCode).toBe(200);
    await person.post('/logout');
    passTime(30);
    expect((await withCookie(saved, there.app)).statusCode).toBe(401);
    await here.app.close();
    await there.app.close();
  });

  it('security 19: a late renewal does not bring an ended session back', async () => {
    await browser.signIn();
    const saved = cookieOf(browser.jar);
    passTime(301);
    const slow = await withCookie(saved);
    const renewed = setCookies(slow)[0]?.split(';')[0]?.slice('__Host-session='.length) ?? '';
    await browser.post('/logout');
    expect(renewed).not.toBe('');
    expect((await withCookie(renewed)).statusCode).toBe(401);
  });

  it('a store that cannot be reached and nothing fresh known → 503; logout → 503 and still signed in', async () => {
    const memory = memorySessions();
    let down = false;
    const gate = <T>(run: () => Promise<T>): Promise<T> =>
      down ? Promise.reject(new Error('connection refused')) : run();
    const store: SessionStore = {
      revoke: (...args) => gate(() => memory.revoke(...args)),
      notBefore: (keys) => gate(() => memory.notBefore(keys)),
      consume: (...args) => gate(() => memory.consume(...args)),
    };
    const other = await startService({ provider: service.provider, store });
    const person = createBrowser(other.app);
    await person.signIn();
    expect((await person.get('/page', json)).statusCode).toBe(200);
    down = true;
    expect((await person.get('/page', json)).statusCode).toBe(200);
    const refused = await person.post('/logout');
    expect(refused.statusCode).toBe(503);
    expect(setCookies(refused)).toEqual([]);
    passTime(31);
    const unknown = await person.get('/page', json);
    expect(unknown.json()).toEqual({ code: 'SESSION_STORE_UNAVAILABLE' });
    expect(unknown.statusCode).toBe(503);
    expect((await other.app.inject('/public')).statusCode).toBe(200);
    down = false;
    expect((await person.get('/page', json)).statusCode).toBe(200);
    await other.app.close();
  });

  it('a login whose callback cannot be recorded gives no session', async () => {
    const memory = memorySessions();
    const store = { ...memory, consume: () => Promise.reject(new Error('connection refused')) };
    const other = await startService({ provider: service.provider, store });
    const person = createBrowser(other.app);
    expect((await person.signIn()).statusCode).toBe(503);
    expect(person.jar.has('__Host-session')).toBe(false);
    await other.app.close();
  });
});
