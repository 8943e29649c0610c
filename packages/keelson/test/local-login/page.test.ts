import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { Browser, formsOf, formWith } from './browser.ts';
import { usedContext, start } from './context.ts';
import { begin, callback, signIn } from './flow.ts';

describe('the page of people', () => {
  it('says what it is, offers everyone, and carries no script', async () => {
    const part = await start(await usedContext());
    const page = await new Browser().open((await begin(part)).url.href, callback);
    expect(page.body).toContain('<title>Sign in to hello — local people</title>');
    expect(page.body).toContain('Local stand-in for Auth0');
    expect(page.body).not.toMatch(/<script|\son\w+=/);
    for (const { email, note } of part.people ?? []) {
      expect(page.body).toContain(email);
      expect(page.body).toContain(note);
    }
    expect(page.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; script-src; style-src 'sha256-[^']+'/,
    );
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('carries a name of many scripts through to the ID token', async () => {
    const part = await start(await usedContext());
    const { claims } = await signIn(part, 'Þórunn Margrét');
    expect(claims['name']).toBe(part.people?.[3]?.name);
  });

  it('signs in someone else by email, always with the same subject', async () => {
    const part = await start(await usedContext());
    const someoneElse = async (email: string) => {
      const login = await begin(part);
      const browser = new Browser();
      const page = await browser.open(login.url.href, callback);
      const form = formsOf(page).find(({ fields }) => 'email' in fields);
      const arrived = await browser.submit(page, form as NonNullable<typeof form>, callback, { email });
      return arrived.url.startsWith(callback) ? (await login.finish(arrived.url)).claims() : arrived;
    };
    const claims = await someoneElse('Katherine@Example.com');
    expect(claims).toMatchObject({ email: 'katherine@example.com', sub: expect.stringMatching(/^auth0\|/) });
    expect(await someoneElse('katherine@example.com')).toMatchObject({ sub: (claims as { sub: string }).sub });
    expect(await someoneElse('ada@example.com')).toMatchObject({ name: 'Ada Lovelace' });
    const refused = await someoneElse('"><script>alert(1)</script>');
    expect(refused).toMatchObject({ status: 422, body: expect.not.stringContaining('<script') });
  });

  it('login_hint puts the focus on that person, or fills in the address', async () => {
    const part = await start(await usedContext());
    const open = async (hint: string) =>
      new Browser().open((await begin(part, { login_hint: hint })).url.href, callback);
    expect(formWith(await open('grace@example.com'), 'Grace Hopper')).toBeDefined();
    expect((await open('grace@example.com')).body).toMatch(/autofocus>\s*<span[^>]*>GH</);
    expect((await open('"new@example.com')).body).toContain('value="&#34;new@example.com"');
  });

  it('a page that is over, or of another browser, says so', async () => {
    const part = await start(await usedContext());
    const page = await new Browser().open((await begin(part)).url.href, callback);
    const other = await new Browser().open(page.url);
    expect([other.status, other.body.includes('belongs to another browser')]).toEqual([400, true]);
  });

  it.each([
    ['sec-fetch-site', 'same-site'],
    ['sec-fetch-site', 'cross-site'],
    ['origin', 'http://localhost:8000'],
    ['origin', 'null'],
  ])('security 44: choosing a person from another site (%s: %s) is refused', async (name, value) => {
    const part = await start(await usedContext());
    const browser = new Browser();
    const page = await browser.open((await begin(part)).url.href, callback);
    const [form] = formsOf(page);
    const answer = await browser.open(new URL(form?.action ?? '', page.url).href, callback, {
      method: 'POST',
      headers: { [name]: value },
      body: new URLSearchParams(form?.fields),
    });
    expect(answer.status).toBe(403);
  });

  it.each([
    ['a JSON body', 'application/json', '{}', 415],
    ['a body of 1 MB', 'application/x-www-form-urlencoded', `person=${'x'.repeat(1024 * 1024)}`, 413],
  ])('%s is refused', async (_, type, body, status) => {
    const part = await start(await usedContext());
    const browser = new Browser();
    const page = await browser.open((await begin(part)).url.href, callback);
    const answer = await browser.open(page.url, callback, { method: 'POST', headers: { 'content-type': type }, body });
    expect(answer.status).toBe(status);
  });
});

describe('who may talk to it', () => {
  it.each(['evil.example', 'localhost.evil.example:9100', '127.0.0.1', 'localhost', ''])(
    'security 48: Host “%s” is refused (DNS rebinding)',
    async (host) => {
      const part = await start(await usedContext());
      const status = await new Promise((resolve, reject) => {
        const { port } = new URL(part.address);
        const sent = request({ host: '127.0.0.1', port, path: '/.well-known/openid-configuration', headers: { host } });
        sent
          .on('response', (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
      expect(status).toBe(403);
    },
  );

  it('security 48: X-Forwarded-Host changes no address', async () => {
    const part = await start(await usedContext());
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    const answer = await fetch(`${part.address}/.well-known/openid-configuration`, { headers });
    expect(await answer.text()).not.toContain('evil.example');
  });
});
