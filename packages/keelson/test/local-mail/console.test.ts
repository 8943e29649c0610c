import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { findChromium, launchChromium } from '../../../../test/support/chromium.ts';
import { closeServer } from '../../src/local/loopback.ts';
import { cleanUp, type Dev, dev, makeHello } from '../dev/harness.ts';
import { send } from './context.ts';
import { hostile } from './hostile.ts';

const config = `export default {
  name: 'hello', region: 'eu-central-1',
  resources: { mail: { kind: 'mail' } },
  services: { api: { source: 'src/main.ts', compute: 'fargate' } },
};
`;

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

let app: Dev;
let smtp: string;

beforeAll(async () => {
  app = await dev(await makeHello({ 'keelson.config.ts': config }));
  smtp = (await app.printed(/mail +(smtp:\S+)/))[1] ?? '';
});
afterAll(cleanUp);
afterEach(async () => {
  await ask('/inbox/mail/delete', own(), 'POST');
});

const own = () => ({ origin: app.consoleUrl, 'sec-fetch-site': 'same-origin' });

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port, host } = new URL(app.consoleUrl);
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } });
    outgoing.once('error', reject);
    outgoing.once('response', async (incoming) => {
      let body = '';
      for await (const chunk of incoming) body += String(chunk);
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
    });
    outgoing.end();
  });
}

async function pathOfFirst(): Promise<string> {
  return /href="(\/inbox\/mail\/[0-9a-z]+-[0-9a-f]+)"/.exec((await ask('/inbox')).body)?.[1] ?? '';
}

describe('the inbox page', () => {
  it('is a part that runs, and a page of the console', async () => {
    const { body } = await ask('/');
    expect(body).toContain('Inbox: mail stays on this machine');
    expect(body).toContain('<a href="/inbox">Inbox</a>');
    expect((await ask('/inbox')).body).toContain('Nothing yet');
  });

  it('lists mails, newest first, and shows each as text, HTML and source', async () => {
    await send(smtp, { subject: 'first', text: 'one' });
    await send(smtp, { subject: '<second>', text: 'see https://app.example/?a=1&b="2"', html: '<p>zwei</p>' });
    const { body } = await ask('/inbox');
    expect(body).toMatch(/&lt;second&gt;<\/a>[\s\S]*>first<\/a>/);
    expect(body).toMatch(/ann@example\.org[\s\S]*no-reply@hello\.localhost/);
    const path = await pathOfFirst();
    expect((await ask(path)).body).toContain(
      `src="${path}/frame" sandbox="allow-popups allow-popups-to-escape-sandbox"`,
    );
    expect((await ask(`${path}/text`)).body).toContain(
      '<a href="https://app.example/?a=1&amp;b=" target="_blank" rel="noopener noreferrer">',
    );
    expect((await ask(`${path}/source`)).body).toContain('Subject: &lt;second&gt;');
    expect((await ask(`${path}/frame`)).body).toContain('<p>zwei</p>');
    const saved = await ask(`${path}/message.eml`);
    expect(saved.headers['content-type']).toBe('message/rfc822');
    expect(saved.headers['content-disposition']).toContain('attachment');
    expect(saved.body).toContain('Subject: <second>');
  });

  it('deletes one, and all, for its own pages only', async () => {
    for (const subject of ['one', 'two', 'three']) await send(smtp, { subject, text: 'x' });
    const path = await pathOfFirst();
    expect((await ask(`${path}/delete`, { origin: 'https://evil.example' }, 'POST')).status).toBe(403);
    expect((await ask('/inbox/mail/delete', {}, 'POST')).status).toBe(403);
    expect((await ask(`${path}/delete`)).status).toBe(404);
    expect((await ask(path)).status).toBe(200);
    expect((await ask(`${path}/delete`, own(), 'POST')).status).toBe(303);
    expect((await ask(path)).status).toBe(404);
    expect((await ask('/inbox')).body).toContain('2 mails');
    expect((await ask('/inbox/mail/delete', own(), 'POST')).status).toBe(303);
    expect((await ask('/inbox')).body).toContain('Nothing yet');
  });

  it.each(['/inbox/mail', '/inbox/other/000000000-00000000', '/inbox/mail/../../x', '/inbox/mail/%2e%2e', '/inbox/'])(
    'there is nothing at %s',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
      expect((await ask(path, own(), 'POST')).status).toBe(404);
    },
  );

  it('keeps a mail’s HTML in a frame that may do nothing', async () => {
    await send(smtp, { subject: 'x', html: hostile('https://evil.example') });
    const path = await pathOfFirst();
    const { headers, body } = await ask(`${path}/frame`);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox allow-popups allow-popups-to-escape-sandbox');
    expect(policy).not.toMatch(/script-src|allow-scripts|allow-same-origin|allow-forms|https?:/);
    expect(body).not.toMatch(/<(link|meta(?! (charset|name="color-scheme"))|base(?! target="_blank">))/i);
    const page = await ask(path);
    expect(page.body).not.toContain('evil.example');
    expect(String(page.headers['content-security-policy'])).toMatch(/script-src 'self'.*frame-src 'self'$/);
  });

  it('shows no huge mail whole', async () => {
    const text = `${'word '.repeat(600_000)}the end`;
    await send(smtp, { subject: 'huge', text, html: `<p>${text}</p>` });
    const path = await pathOfFirst();
    for (const view of ['html', 'text', 'source', 'frame']) {
      expect((await ask(`${path}/${view}`)).body.length).toBeLessThan(300_000);
    }
    expect((await ask(`${path}/message.eml`)).body.length).toBeGreaterThan(6_000_000);
  });
});

const chromium = findChromium();

describe.runIf(chromium)('in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(() => browser?.close());

  async function newPage(): Promise<Page> {
    const context = await browser.newContext();
    return context.newPage();
  }

  test('a mail appears by itself, is opened by keyboard, and its link opens in a tab of its own', async () => {
    const page = await newPage();
    await page.goto(`${app.consoleUrl}/inbox`);
    await page.getByText('Nothing yet').waitFor();
    await send(smtp, { subject: 'Confirm', text: 'x', html: `<p><a href="${app.url}/?from=mail">Confirm</a></p>` });
    const link = page.getByRole('link', { name: 'Confirm' });
    await link.focus();
    await send(smtp, { subject: 'Another', text: 'x' });
    await page.getByText('2 mails').waitFor();
    expect(await link.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    const inMail = page.frameLocator('iframe').getByRole('link', { name: 'Confirm' });
    const [opened] = await Promise.all([page.waitForEvent('popup'), inMail.click()]);
    await opened.waitForLoadState();
    expect(opened.url()).toBe(`${app.url}/?from=mail`);
    expect(await opened.evaluate('window.opener')).toBeNull();
    await opened.close();
    await page.getByRole('link', { name: 'Source' }).press('Enter');
    await page.getByText('Subject: Confirm').waitFor();
    await page.getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByText('1 mail', { exact: true }).waitFor();
    await page.context().close();
  });

  test('a hostile mail runs nothing, fetches nothing and leads nowhere', async () => {
    const evil = await startEvil();
    const page = await newPage();
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => dialogs.push(dialog.message())));
    await send(smtp, { subject: '<script>document.title="owned"</script>', html: hostile(evil.url) });
    await page.goto(`${app.consoleUrl}/inbox`);
    await page.getByRole('link', { name: '<script>' }).click();
    const frame = page.frameLocator('iframe');
    await frame.getByText('the last words').waitFor();
    const address = page.url();
    await frame.getByRole('button', { name: 'Post' }).click();
    await frame.getByRole('link', { name: 'run' }).click();
    await frame.getByRole('link', { name: 'to the top' }).click();
    // Also when the frame is opened alone.
    const alone = await page.context().newPage();
    alone.on('dialog', (dialog) => void dialog.dismiss().then(() => dialogs.push(dialog.message())));
    const id = await page.locator('[data-mail]').getAttribute('data-mail');
    await alone.goto(`${app.consoleUrl}/inbox/mail/${id}/frame`);
    await alone.getByText('the last words').waitFor();
    expect(alone.url()).toContain('/frame');
    expect(await alone.title()).toBe('a mail');
    expect(page.url()).toBe(address);
    expect(await page.title()).toBe('Inbox · hello');
    expect([evil.connections(), evil.requests]).toEqual([0, []]);
    expect(dialogs).toEqual([]);
    await page.context().close();
    await evil.close();
  });
});

/** A server that no mail may reach. */
async function startEvil() {
  const requests: string[] = [];
  let connections = 0;
  const server = createServer(({ method, url }, response) => {
    requests.push(`${method} ${url}`);
    response.end('evil');
  });
  server.on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    close: () => closeServer(server),
  };
}
