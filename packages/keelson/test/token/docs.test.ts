import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../../../../test/support/chromium.ts';
import { cleanUp, type Dev, dev, makeFolder } from '../dev/harness.ts';
import { config } from './app.ts';

const service = `import { createService } from '@keelson/runtime';
import { tokens } from '@keelson/runtime/tokens';
import Type from 'typebox';
export default createService(async (app) => {
  await app.register(tokens);
  const schema = { response: { 200: Type.Object({ shows: Type.String() }) } };
  app.get('/v1/shows', { auth: { scopes: ['shows.read'] }, schema }, async () => ({ shows: 'seen' }));
});
`;

const chromium = findChromium();

interface Kept {
  readonly clients: { readonly cognito: { readonly shows: { readonly id: string; readonly secret: string } } };
}

describe('the documentation of a service whose gateway does not pass it', () => {
  let app: Dev;
  let client: Kept['clients']['cognito']['shows'];
  let browser: Browser | undefined;
  beforeAll(async () => {
    const folder = await makeFolder({ 'keelson.config.ts': config(), 'src/main.ts': service });
    app = await dev(folder);
    if (chromium) browser = await launchChromium(chromium);
    const kept = JSON.parse(await readFile(join(folder, '.keelson/tokens/tokens.json'), 'utf8')) as Kept;
    client = kept.clients.cognito.shows;
  });
  afterAll(async () => {
    await browser?.close();
    await cleanUp();
  });

  it('is named at the start and by the console, which finds it', async () => {
    expect(app.output()).toContain(`docs of api  ${app.consoleUrl}/services/api/docs`);
    const overview = await (await fetch(app.consoleUrl)).text();
    expect(overview).toContain('href="/services/api/docs"');
    expect(overview).toContain('<a href="/tokens">http://localhost:');
    const page = await fetch(`${app.consoleUrl}/services/api/docs`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('swagger-ui')]);
    expect((await fetch(`${app.consoleUrl}/services/other/docs`)).status).toBe(404);
    expect((await fetch(`${app.url}/docs`)).status).toBe(404);
  });

  it.runIf(chromium)('gets a token and calls the service in a browser', async () => {
    const page = await (browser as Browser).newPage();
    await page.goto(`${app.consoleUrl}/services/api/docs`);
    await page.getByRole('button', { name: 'Authorize', exact: true }).first().click();
    const dialog = page.locator('.auth-container', { hasText: 'clientCredentials' });
    await dialog.getByLabel('client_id').fill(client.id);
    await dialog.getByLabel('client_secret').fill(client.secret);
    await dialog.locator('.scopes label').first().click();
    await dialog.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click();
    await dialog.getByRole('button', { name: 'Remove authorization' }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.locator('.opblock-summary').first().click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.locator('.live-responses-table', { hasText: 'seen' }).waitFor();
  });

  it.runIf(chromium)(
    'is beside a console whose pages fit a narrow screen: what is wider scrolls in its box',
    async () => {
      const page = await (browser as Browser).newPage({ viewport: { width: 360, height: 640 } });
      for (const path of ['/', '/contract', '/tokens', '/logs', '/nowhere']) {
        await page.goto(`${app.consoleUrl}${path}`);
        expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360]);
      }
    },
  );

  it('is the only page that may ask the gateway for tokens', async () => {
    const docs = new URL((await fetch(`${app.consoleUrl}/services/api/docs`)).url).origin;
    const ask = async (origin: string) => {
      const headers = { origin, 'access-control-request-method': 'POST' };
      const preflight = await fetch(`${app.url}/oauth/token`, { method: 'OPTIONS', headers });
      const answer = await fetch(`${app.url}/oauth/token`, { method: 'POST', headers: { origin } });
      return [preflight, answer].map((each) => each.headers.get('access-control-allow-origin'));
    };
    expect(await ask(docs)).toEqual([docs, docs]);
    for (const origin of [app.consoleUrl, 'http://localhost:1', 'https://evil.example', 'null']) {
      expect(await ask(origin)).toEqual([null, null]);
    }
    const shows = await fetch(`${app.url}/v1/shows`, { headers: { origin: docs } });
    expect(shows.headers.get('access-control-allow-origin')).toBe(null);
  });
});
