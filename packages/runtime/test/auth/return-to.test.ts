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

  it.each(['/login', '/logout', '/auth/callback?code=x', '/login?return_to=/page'])(
    '%j would start over and leads to the default page',
    async (returnTo) => expect(await landsOn(returnTo)).toBe('/'),
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
