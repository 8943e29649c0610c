import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { active, container, type PageServer, startPageServer } from './page-server.ts';

// What the page makes of every answer; test/microservices/live.test.ts has it before the real services.

const chromium = findChromium();
if (!chromium) console.log('no chromium on PATH: the page of microservices is not opened');

let browser: Browser;
let server: PageServer;

describe.runIf(chromium)('the page, in a real browser', () => {
  beforeAll(async () => {
    server = await startPageServer();
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(() => void (server.backend = active));
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  async function open(options: Parameters<Browser['newPage']>[0] = {}) {
    const page = await browser.newPage(options);
    // Time stands still, and goes on when a test says so.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 1_000);
    const refused = collectRefusals(page);
    const asked = countQuestions(page);
    await page.goto(server.url);
    return { page, refused, asked };
  }

  test('an active backend: host name, address, live, and when it was seen', async () => {
    const { page, refused } = await open();
    await state(page, 'Live');
    expect(await texts(page, ['hostname', 'ip', 'seen'])).toEqual([container.hostname, container.ip, 'just now']);
    expect(Date.parse((await page.locator('#seen').getAttribute('datetime')) ?? '')).not.toBeNaN();
    expect(await page.locator('#took').textContent()).toMatch(/^\d+ ms$/);
    expect(refused).toEqual([]);
  });

  const failures: [string, PageServer['backend'], RegExp][] = [
    ['502', (_request, response) => void response.writeHead(502).end(), /^Status 502: .* does not answer\.$/],
    ['503', (_request, response) => void response.writeHead(503).end('<p>busy</p>'), /^Status 503: no backend/],
    ['404', (_request, response) => void response.writeHead(404).end('{}'), /^Status 404 instead of an answer\.$/],
    ['a page', (_request, response) => void response.end('<!doctype html>'), /not JSON/],
    ['an empty answer', (_request, response) => void response.end(), /not JSON/],
    ['null', (_request, response) => void response.end('null'), /not a container that is active/],
    ['other JSON', (_request, response) => void response.end('{"status":"active"}'), /not a container/],
    [
      'half an answer',
      (request, response) => void response.writeHead(200, { 'content-length': 90 }).write('{', () => request.destroy()),
      /^No answer: the connection failed\.$/,
    ],
    ['a closed connection', (request) => void request.destroy(), /^No answer: the connection failed\.$/],
    ['silence', () => {}, /^No answer within 4 seconds\.$/],
    [
      'a body that never ends',
      (_request, response) => void response.writeHead(200).write('{'),
      /^No answer within 4 seconds\.$/,
    ],
  ];
  test.each(failures)('%s: offline, with the reason and what was last known; live again by itself', async (...row) => {
    const [, backend, reason] = row;
    const { page } = await open();
    await state(page, 'Live');
    server.backend = backend;
    await page.clock.runFor(3_000);
    if (reason.source.includes('4 seconds')) await page.clock.runFor(4_000);
    await state(page, 'Offline');
    expect(await page.locator('#reason').textContent()).toMatch(reason);
    expect(await page.locator('#hostname').textContent()).toBe(container.hostname);
    expect(await page.locator('#summary').textContent()).toMatch(/^\d+ of \d+ questions answered, by one container\.$/);
    server.backend = active;
    await page.clock.runFor(3_000);
    await state(page, 'Live');
  });

  test('a backend that was never there: nothing is invented', async () => {
    server.backend = (_request, response) => void response.writeHead(503).end();
    const { page } = await open();
    await state(page, 'Offline');
    expect(await texts(page, ['hostname', 'ip', 'seen', 'took'])).toEqual(['–', '–', 'never', '–']);
    expect(await page.locator('#summary').textContent()).toMatch(/^0 of \d+ questions? answered\.$/);
  });

  test('a host name is text, whatever it holds', async () => {
    const hostname = `<img src=x onerror="document.title='x'">${'y'.repeat(300)}`;
    server.backend = (_request, response) => void response.end(JSON.stringify({ ...container, hostname }));
    const { page, refused } = await open({ viewport: { width: 320, height: 640 } });
    await state(page, 'Live');
    expect(await page.locator('#hostname').textContent()).toBe(hostname);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    expect([await page.title(), refused]).toEqual(['Backend', []]);
  });

  test('questions come 3 s after an answer; without one 3, 6, 12, 15, 15 s apart, and again 3 s when it is back', async () => {
    const { page, asked } = await open();
    await state(page, 'Live');
    server.backend = (_request, response) => void response.writeHead(503).end();
    for (const seconds of [3, 3, 6, 12, 15, 15]) await asksAfter(page, asked, seconds, 'Offline');
    server.backend = active;
    await asksAfter(page, asked, 15, 'Live');
    await asksAfter(page, asked, 3, 'Live');
  });

  test('a tab that nobody sees asks nothing; seen again, or the network back, it asks at once', async () => {
    const { page, asked } = await open();
    await state(page, 'Live');
    await setHidden(page, true);
    expect(await page.locator('#next').textContent()).toBe('Asks again when this page is visible.');
    const before = asked.count;
    await page.clock.runFor(600_000);
    await page.evaluate("dispatchEvent(new Event('online'))");
    expect(asked.count).toBe(before);
    expect(await page.locator('#seen').textContent()).toMatch(/^10 minutes ago$/);
    await setHidden(page, false);
    await told(page, before + 1, 'Live');
    await page.evaluate("dispatchEvent(new Event('online'))");
    await told(page, before + 2, 'Live');
    expect(asked.count).toBe(before + 2);
  });

  test('by keyboard: one button, its focus to be seen, asks now and never twice at once', async () => {
    const { page, asked } = await open();
    await state(page, 'Live');
    server.backend = () => {};
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Ask now');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    const before = asked.count;
    for (const key of ['Enter', 'Space', 'Enter']) await page.keyboard.press(key);
    await page.clock.runFor(4_000);
    await state(page, 'Offline');
    expect(asked.count).toBe(before + 1);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Ask now');
  });

  test('a screen reader hears the state when it changes, and nothing else', async () => {
    const { page, asked } = await open();
    await state(page, 'Live');
    await page.evaluate(`
      window.heard = [];
      new MutationObserver(() => heard.push(document.querySelector('[aria-live]').innerText))
        .observe(document.querySelector('[aria-live]'), { subtree: true, childList: true, characterData: true });
    `);
    for (const next of [asked.count + 1, asked.count + 2]) {
      await page.clock.runFor(3_000);
      await told(page, next, 'Live');
    }
    expect(await page.evaluate('heard')).toEqual([]);
    server.backend = (_request, response) => void response.writeHead(503).end();
    await page.clock.runFor(3_000);
    await state(page, 'Offline');
    expect(await page.evaluate('heard.at(-1)')).toMatch(/^Offline\s+Status 503/);
    const regions = await page.locator('[aria-live]').evaluateAll((all) => all.map(({ id, role }) => ({ id, role })));
    expect(regions).toEqual([{ id: '', role: 'status' }]);
  });

  test.each(['light', 'dark'] as const)('in %s colours all text can be read, on a small screen too', async (scheme) => {
    const { page } = await open({ colorScheme: scheme, viewport: { width: 320, height: 640 } });
    for (const shown of ['Live', 'Offline'] as const) {
      await state(page, shown);
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      for (const [text, ratio] of await contrasts(page)) expect(ratio, text).toBeGreaterThanOrEqual(4.5);
      server.backend = (_request, response) => void response.writeHead(503).end();
      await page.clock.runFor(3_000);
    }
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
      scheme === 'dark' ? 'rgb(20, 24, 26)' : 'rgb(244, 245, 242)',
    );
  });

  test('who wants no motion gets none; without JavaScript the page says what is missing', async () => {
    const still = await open({ reducedMotion: 'reduce' });
    await state(still.page, 'Live');
    expect(await still.page.evaluate("getComputedStyle(document.querySelector('.lamp')).animationName")).toBe('none');
    const plain = await open({ javaScriptEnabled: false });
    expect(await plain.page.locator('noscript').innerText()).toMatch(/JavaScript/);
  });
});

function state(page: Page, shown: 'Live' | 'Offline'): Promise<void> {
  return page.locator('#state', { hasText: shown }).waitFor();
}

function texts(page: Page, ids: readonly string[]): Promise<(string | null)[]> {
  return Promise.all(ids.map((id) => page.locator(`#${id}`).textContent()));
}

/** What the content security policy refused, and what failed in scripts. */
function collectRefusals(page: Page): string[] {
  const refusals: string[] = [];
  page.on('console', (message) => message.type() === 'error' && refusals.push(message.text()));
  page.on('pageerror', (error) => refusals.push(String(error)));
  return refusals;
}

function countQuestions(page: Page): { count: number } {
  const asked = { count: 0 };
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/') asked.count++;
  });
  return asked;
}

/** Waits until the page has shown so many outcomes, the last of which is this state. */
async function told(page: Page, count: number, shown: 'Live' | 'Offline'): Promise<void> {
  await page.locator('#summary', { hasText: new RegExp(`of ${count} questions?`) }).waitFor();
  await state(page, shown);
}

/** The page, which has asked `asked.count` times, asks again after so many seconds, and not before. */
async function asksAfter(page: Page, asked: { count: number }, seconds: number, shown: 'Live' | 'Offline') {
  const before = asked.count;
  await page.clock.runFor(seconds * 1_000 - 1);
  await page.evaluate('0');
  expect(asked.count, `before ${seconds} s`).toBe(before);
  await page.clock.runFor(1);
  await told(page, before + 1, shown);
}

async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} });
    document.dispatchEvent(new Event('visibilitychange'));
  `);
}

/** Contrast of every text with what is behind it, by WCAG 2.2, 1.4.3. */
function contrasts(page: Page): Promise<[string, number][]> {
  return page.evaluate(`(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
    const rgb = (color) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = (color) => {
      const [r, g, b] = rgb(color).map((byte) => byte / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const color = getComputedStyle(at).backgroundColor;
        if (rgb(color)[3] === 255) return color;
      }
      return 'white';
    };
    const texts = [...document.querySelectorAll('h1, h2, p, dt, dd, button, a')].filter((element) => element.innerText);
    return texts.map((element) => {
      const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
      return [element.innerText, (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)];
    });
  })()`);
}
