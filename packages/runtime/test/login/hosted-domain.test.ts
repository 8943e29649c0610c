import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBrowser, setCookies } from '../auth/browser.ts';
import { type HostileProvider, startHostileProvider } from '../auth/hostile-provider.ts';
import { startService, type TestServiceOptions } from '../auth/service.ts';

let provider: HostileProvider;
const closers: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  provider = await startHostileProvider();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await provider.stop();
});

const acme = { OIDC_PROVIDER: 'google', OIDC_HOSTED_DOMAIN: 'acme.com' };

async function start(options: TestServiceOptions = {}) {
  const service = await startService({ provider, ...options, env: { ...acme, ...options.env } });
  closers.push(service.stop);
  return service;
}

/** Signs in with these claims; `query` is added to the callback. */
async function signInWith(profile: Record<string, unknown>, query = '') {
  const service = await start();
  provider.faults.profile = profile;
  const browser = createBrowser(service.app);
  const answer = await browser.get((await browser.comeBack()) + query);
  return { ...service, browser, answer };
}

describe('OIDC_HOSTED_DOMAIN', () => {
  it.each([['acme.com'], ['ACME.com']])('lets in an account of the domain (hd %s)', async (hd) => {
    const { answer, browser } = await signInWith({ hd, email: 'ada@subsidiary.example' });
    expect(answer.statusCode).toBe(302);
    expect((await browser.get('/page', { accept: 'application/json' })).statusCode).toBe(200);
  });

  it('preselects the domain at the provider', async () => {
    await signInWith({ hd: 'acme.com' });
    expect(provider.requests.authorize[0]?.get('hd')).toBe('acme.com');
  });

  const refused: [string, Record<string, unknown>, string?][] = [
    ['of another domain', { hd: 'evil.example' }],
    ['of a sub-domain', { hd: 'eu.acme.com' }],
    ['of a domain that ends alike', { hd: 'notacme.com' }],
    ['of no domain: a consumer account', { hd: undefined }],
    ['whose hd is empty', { hd: '' }],
    ['whose hd is a list', { hd: ['acme.com'] }],
    ['whose hd is true', { hd: true }],
    ['whose hd stands in the query only', { hd: undefined }, '&hd=acme.com'],
    ['whose email looks right, without hd', { hd: undefined, email: 'eve@acme.com' }],
    ['whose email looks right, with another hd', { hd: 'evil.example', email: 'eve@acme.com' }],
  ];
  it.each(refused)('security 13: refuses an account %s', async (_what, profile, query = '') => {
    const { answer, browser } = await signInWith(profile, query);
    expect(answer.statusCode).toBe(403);
    expect(setCookies(answer).some((line) => line.startsWith('__Host-session='))).toBe(false);
    expect((await browser.get('/page', { accept: 'application/json' })).statusCode).toBe(401);
  });

  it('says on a page whose account to choose, and logs why', async () => {
    const { answer, logs } = await signInWith({ hd: 'evil.example', email: 'eve@acme.com' });
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).toContain('choose an account of <b>acme.com</b>');
    expect(answer.body).toContain('href="/login"');
    const line = logs.find((entry) => entry.includes('sign-in-failed')) ?? '';
    expect(line).toContain('ACCOUNT_NOT_ADMITTED');
    expect(line).toContain('another Workspace domain');
    // Whose account it was is nobody's business here.
    expect(logs.join('')).not.toContain('eve@acme.com');
    expect(logs.join('')).not.toContain('evil.example');
  });

  it('may be repeated in code, but not contradicted', async () => {
    await expect(start({ hostedDomain: 'Acme.com' })).resolves.toBeDefined();
    await expect(start({ hostedDomain: 'other.com' })).rejects.toThrow('OIDC_HOSTED_DOMAIN');
  });

  it.each(['acme.com,other.com', 'acme.com ', '*.acme.com', '@acme.com'])(
    'is one domain: %j is refused',
    async (domain) => {
      await expect(start({ env: { OIDC_HOSTED_DOMAIN: domain } })).rejects.toThrow('OIDC_HOSTED_DOMAIN');
    },
  );
});
