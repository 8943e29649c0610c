import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanUp, type Dev, dev, makeFolder } from '../dev/harness.ts';
import { files } from './app.ts';

interface Kept {
  readonly clients: { readonly cognito: { readonly shows: { readonly id: string; readonly secret: string } } };
}

describe('the console’s page of tokens', () => {
  let app: Dev;
  let shows: Kept['clients']['cognito']['shows'];
  beforeAll(async () => {
    const folder = await makeFolder(files);
    app = await dev(folder);
    const kept = JSON.parse(await readFile(join(folder, '.keelson/tokens/tokens.json'), 'utf8')) as Kept;
    shows = kept.clients.cognito.shows;
  });
  afterAll(cleanUp);

  const page = async (path: string) => (await fetch(`${app.consoleUrl}${path}`)).text();
  const post = (path: string, fields: Record<string, string> = {}, origin = app.consoleUrl) =>
    fetch(`${app.consoleUrl}${path}`, { method: 'POST', headers: { origin }, body: new URLSearchParams(fields) });

  it('shows each client with its scopes, and how to get and use a token', async () => {
    const html = await page('/tokens');
    expect(html).toContain(shows.id);
    expect(html).toContain('value="https://shows-local.api/shows.write"');
    expect(html).toContain(`${app.url}/oauth/token`);
    expect(html).toContain(`npx keelson token --client reader --scope shows.read --header)&#34; ${app.url}/v1/shows`);
    expect(await page('/')).toContain('<a href="/tokens">Tokens</a>');
  });

  it('shows a secret only when it is asked for, by a page of its own', async () => {
    for (const path of ['/', '/tokens', '/contract', '/logs']) expect(await page(path)).not.toContain(shows.secret);
    expect(await (await post('/tokens/tokens/shows/secret')).text()).toContain(shows.secret);
    const foreign = await post('/tokens/tokens/shows/secret', {}, 'http://evil.example');
    expect(foreign.status).toBe(403);
    expect(await foreign.text()).not.toContain(shows.secret);
    expect((await fetch(`${app.consoleUrl}/tokens/tokens/shows/secret`)).status).toBe(404);
  });

  it('gets a token that works, and shows what it says', async () => {
    const html = await (
      await post('/tokens/tokens/shows/token', { scope: 'https://shows-local.api/shows.read' })
    ).text();
    const [token = ''] = /eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(html) ?? [];
    expect(html).toMatch(/token_use.*access/);
    expect(html).toMatch(/\d{4}-\d\d-\d\dT/);
    const answer = await fetch(`${app.url}/v1/shows`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    const none = await (await post('/tokens/tokens/reader/token')).text();
    expect(none).toContain('Choose a scope');
    expect(none).not.toMatch(/eyJ/);
    const refused = await (await post('/tokens/tokens/reader/token', { scope: 'other' })).text();
    expect(refused).toContain('invalid_scope');
  });

  it('lets browsers name it as the origin of its own forms', async () => {
    // With `no-referrer` they write `Origin: null`, which is refused.
    const { headers } = await fetch(`${app.consoleUrl}/tokens`);
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect((await post('/tokens/tokens/shows/token', {}, 'null')).status).toBe(403);
  });

  it('shows in the terminal and in its logs what the gateway refused', async () => {
    expect((await fetch(`${app.url}/nowhere`)).status).toBe(404);
    await app.printed(/WARN .*GET \/nowhere 404 at the gateway: not in `routes`/);
    const events = await fetch(`${app.consoleUrl}/events`, { headers: { 'sec-fetch-site': 'same-origin' } });
    let text = '';
    for await (const chunk of events.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('GET /nowhere 404 at the gateway')) break;
    }
    expect(text).toContain('GET /nowhere 404');
  });

  it('has nothing of another name', async () => {
    for (const path of ['/tokens/other/shows/token', '/tokens/tokens/nobody/secret', '/tokens/tokens/shows/x']) {
      expect((await post(path)).status).toBe(404);
    }
  });

  it('the token route of the HTTP API gives tokens to a client with HTTP Basic', async () => {
    const ask = (secret: string) =>
      fetch(`${app.url}/oauth/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${shows.id}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
    const answer = await ask(shows.secret);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { access_token: expect.any(String), expires_in: 3600, token_type: 'Bearer' },
    ]);
    const wrong = await ask('wrong');
    expect([wrong.status, await wrong.json()]).toEqual([400, { error: 'invalid_client' }]);
    expect((await fetch(`${app.url}/oauth/token`)).status).toBe(404);
  });
});
