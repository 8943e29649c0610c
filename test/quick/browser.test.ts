import type { Browser, Page } from 'playwright-core';
import { type RunningApp, startApp } from 'keelson/testing';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { repository } from '../support/imports.ts';

const chromium = findChromium();
let app: RunningApp;
let browser: Browser | undefined;

beforeAll(async () => {
  if (!chromium) return console.log('no chromium on PATH: the pages of quick are not tried in a real browser');
  app = await startApp({ root: join(repository, 'templates/quick') });
  browser = await launchChromium(chromium);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

test.runIf(chromium)(
  'in a real browser: sign in, see who one is, sign out; nothing is refused by the policy',
  async () => {
    const page = await newPage();
    const refused = collectRefusals(page);

    await page.goto(app.url);
    await take(page, 'stranger');
    await page.getByRole('link', { name: 'Sign in with Google' }).click();
    await page.getByRole('button', { name: /Ada Lovelace/ }).click();
    await page.waitForURL(`${app.url}/`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Hello, Ada Lovelace');
    await take(page, 'signed-in');

    // The browser itself carries the cookie, as a page's script and as an address that is opened.
    const asScript = "fetch('/api/me').then((answer) => answer.json())";
    expect(await page.evaluate(asScript)).toEqual({ email: 'ada@example.com', provider: 'google' });
    await page.getByRole('link', { name: '/api/me' }).click();
    await page.waitForURL(`${app.url}/api/me`);
    expect(await page.locator('body').innerText()).toContain('{"email":"ada@example.com","provider":"google"}');

    await page.goBack();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${app.url}/auth/logout`);
    await page.goBack();
    expect(await page.content()).not.toContain('Ada Lovelace');
    const opened = await page.goto(`${app.url}/api/me`);
    expect([opened?.status(), page.url()]).toEqual([401, `${app.url}/api/me`]);
    expect(refused.filter((text) => !text.includes('status of 401'))).toEqual([]);
  },
);

test.runIf(chromium)('the page is usable by keyboard, in the dark, and on a small screen', async () => {
  const page = await newPage({ colorScheme: 'dark', viewport: { width: 320, height: 640 } });
  await page.goto(app.url);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Þórunn/ }).click();
  await page.waitForURL(`${app.url}/`);
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(16, 19, 28)');
  await take(page, 'small-and-dark');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Sign out');
});

async function newPage(options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  if (!browser) throw new Error('no browser');
  return browser.newPage(options);
}

/** Writes a picture where SCREENSHOTS names a folder. */
async function take(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `quick-${name}.png`) });
}

/** What the content security policy refused, and what could not be loaded. */
function collectRefusals(page: Page): string[] {
  const refusals: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    // Asked for by the browser itself where it shows JSON.
    if (url.endsWith('/favicon.ico')) return;
    if (message.type() === 'error' && url.startsWith(app.url)) refusals.push(message.text());
  });
  page.on('pageerror', (error) => refusals.push(String(error)));
  return refusals;
}
