import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReturnTo } from '../../src/auth/login/return-to.ts';
import { createBrowser, page } from './browser.ts';
import { publicUrl, startService, type TestService } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const landsOn = async (returnTo: string) => (await createBrowser(service.app).signIn(returnTo)).headers.location;

describe('return_to', () => {
  it.each([
    '//e',
    '///e',
    '/\\e',
    '\\\\e',
    '\\/e',
    'https://app@e',
    'https://e',
    'https:e',
    'javascript:alert(1)',
    'data:text/html,x',
    '/x\r\nSet-Cookie: a=b',
    '/\t/e',
    '/\n/e',
    '\t//e',
    ' //e',
    `/${'x'.repeat(8192)}`,
    'page',
    '',
    '?x',
    '#x',
  ])('security 9: %j leads to the default page', async (returnTo) => expect(await landsOn(returnTo)).toBe('/'));

  it.each(['/.//e', '/a/..//e', '/%2e//e', '/a/%2E%2e//e', '/./\\e', '/..//e', '/a/../\\e'])(
    'security 10: %j leads to the default page',
    async (returnTo) => expect(await landsOn(returnTo)).toBe('/'),
  );

  it.each(['/page', '/page?x=1#y', '/a/b/../c', '/page?next=//e', '/page?u=https://e'])(
    '%j is a page of this service',
    async (returnTo) => {
      const location = String(await landsOn(returnTo));
      expect(new URL(location, publicUrl).href).toBe(new URL(returnTo, publicUrl).href);
    },
  );

  it.each([
    '/login',
    '/logout',
    '/auth/callback?code=x',
    '/login?return_to=/page',
    '/%6cogin',
    '/%6Cogout?x',
    '/auth%2Fcallback',
  ])('%j would start over and leads to the default page', async (returnTo) =>
    expect(await landsOn(returnTo)).toBe('/'),
  );

  it('security 11: it injects no parameter into the authorization request', async () => {
    const plain = await service.app.inject({ url: '/login', headers: page });
    const names = (location: unknown) => [...new URL(String(location)).searchParams.keys()];
    for (const query of ['return_to=&prompt=none&scope=admin&redirect_uri=https://e', 'return_to=%26prompt%3Dnone']) {
      const start = await service.app.inject({ url: `/login?${query}`, headers: page });
      expect(names(start.headers.location)).toEqual(names(plain.headers.location));
      expect(String(start.headers.location)).not.toContain('admin');
    }
  });

  it('a path that merely cannot be decoded stays', async () => expect(await landsOn('/%e0')).toBe('/%e0'));

  it('login_hint is handed to the provider, and nothing else of the query', async () => {
    const plain = await service.app.inject({ url: '/login', headers: page });
    const parameters = (location: unknown) => new URL(String(location)).searchParams;
    const hint = 'ada+x@example.com&prompt=none';
    const query = `login_hint=${encodeURIComponent(hint)}&prompt=none&acr_values=x&login_hint_token=x`;
    const { headers } = await service.app.inject({ url: `/login?${query}`, headers: page });
    expect(parameters(headers.location).get('login_hint')).toBe(hint);
    expect([...parameters(headers.location).keys()].filter((name) => name !== 'login_hint')).toEqual([
      ...parameters(plain.headers.location).keys(),
    ]);
  });

  it.each([
    ['empty', 'login_hint='],
    ['too long', `login_hint=${'x'.repeat(321)}`],
    ['with a line break', 'login_hint=a%0D%0Ab'],
    ['with another control character', 'login_hint=a%C2%80b'],
    ['given twice', 'login_hint=a&login_hint=b'],
  ])('security 11: a login_hint that is %s is dropped', async (_what, query) => {
    const start = await service.app.inject({ url: `/login?${query}`, headers: page });
    expect(start.statusCode).toBe(302);
    expect(new URL(String(start.headers.location)).searchParams.has('login_hint')).toBe(false);
  });

  it('security 9: whatever is given, a browser stays on the origin', () => {
    const part = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '//',
      '%2e',
      '%5c',
      '%2f',
      '\t',
      '\n',
      '@',
      ':',
      'e',
      'https:',
      '?',
      '#',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 3 })), { maxLength: 10 }), (parts) => {
        const path = parseReturnTo(parts.join(''), publicUrl, '/');
        expect(new URL(path, publicUrl).origin).toBe(publicUrl);
        expect(path).toMatch(/^\/(?![/\\])/);
      }),
      { numRuns: 3_000 },
    );
  });
});
