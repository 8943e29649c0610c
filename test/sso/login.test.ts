import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppProcess } from '../support/app-process.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { contrastOf } from '../support/contrast.ts';
import { Surfer } from '../support/surfer.ts';
import { copyTemplate, startDev } from '../support/template.ts';

const template = copyTemplate('sso');
const chromium = findChromium();
let app: AppProcess;
let browser: Browser | undefined;

beforeAll(async () => {
  app = await startDev(template.folder);
  if (chromium) browser = await launchChromium(chromium);
  else console.log('no chromium on PATH: the login flow is tested by an HTTP client that follows redirects and forms');
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  template.remove();
});

const note = '<img src=x onerror="document.title=1"> & “quotes”\nsecond line';

test.runIf(chromium)(
  'in a real browser: sign in, write a note, read it, sign out; the back button shows nothing',
  async () => {
    const page = await newPage();
    const refused = collectRefusals(page);

    await page.goto(`${app.url}/?from=start`);
    await page.getByRole('button', { name: /Ada Lovelace/ }).click();
    await page.waitForURL(`${app.url}/?from=start`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Hello, Ada Lovelace');

    await page.getByLabel('Text').fill(note);
    await page.getByRole('button', { name: 'Save note' }).click();
    await page.waitForURL(`${app.url}/`);
    expect(await page.getByRole('listitem').first().locator('p').innerText()).toBe(note);
    expect(await page.title()).toBe('Notes of Ada Lovelace');

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL((address) => !address.href.startsWith(app.url));
    await page.goBack().catch(() => {});
    await page.goto(`${app.url}/`);
    expect(await page.content()).not.toContain('second line');
    expect(refused).toEqual([]);
  },
);

test.runIf(chromium)('the start page is usable by keyboard, in the dark, and on a small screen', async () => {
  const page = await newPage({ colorScheme: 'dark', viewport: { width: 320, height: 640 } });
  await page.goto(app.url);
  await page.getByRole('button', { name: /Þórunn/ }).click();
  await page.waitForURL(`${app.url}/`);
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);

  const focused: string[] = [];
  for (let presses = 0; presses < 4; presses++) {
    await page.keyboard.press('Tab');
    focused.push(String(await page.evaluate('document.activeElement.textContent.trim() || document.activeElement.id')));
  }
  expect(focused).toEqual(['Skip to your notes', 'Sign out', 'text', 'Save note']);
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(20, 24, 26)');
});

test.runIf(chromium).each(['light', 'dark'] as const)(
  'what to press on a page about the sign-in can be read in the %s',
  async (colorScheme) => {
    const page = await newPage({ colorScheme });
    await page.goto(`${app.url}/auth/callback?code=a&state=b`);
    expect(await contrastOf(page.getByRole('link', { name: 'Sign in again' }))).toBeGreaterThan(4.5);
  },
);

test('with an HTTP client: sign in, write a note, read it, sign out', async () => {
  const person = new Surfer();
  const people = await person.open(`${app.url}/?from=start`);
  const start = await person.submit(people, 'Grace Hopper');
  expect(start.url).toBe(`${app.url}/?from=start`);
  expect(start.body).toContain('Hello, Grace Hopper');

  const written = await person.submit(start, 'Save note', { text: 'Find the moth.' });
  expect([written.url, written.status]).toEqual([`${app.url}/`, 200]);
  expect(written.body).toContain('Find the moth.');

  const out = await person.submit(written, 'Sign out');
  expect(out.visited.some((address) => new URL(address).pathname === '/v2/logout')).toBe(true);
  expect((await person.send(`${app.url}/`)).status).toBe(401);
});

async function newPage(options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  if (!browser) throw new Error('no browser');
  return browser.newPage(options);
}

/** What the content security policy of the app's pages refused, and what they could not load. */
function collectRefusals(page: Page): string[] {
  const refusals: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && message.location().url.startsWith(app.url)) refusals.push(message.text());
  });
  page.on('pageerror', (error) => refusals.push(String(error)));
  return refusals;
}
