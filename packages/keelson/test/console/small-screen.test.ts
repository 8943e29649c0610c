import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium } from '../../../../test/support/chromium.ts';
import { cleanUp, type Dev, dev, makeHello } from '../dev/harness.ts';

const chromium = findChromium();
if (!chromium) console.log('no chromium on PATH: the console is not looked at on a small screen');

describe.runIf(chromium)('the console on a small screen', () => {
  let app: Dev;
  let browser: Browser;
  beforeAll(async () => {
    app = await dev(await makeHello());
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await cleanUp();
  });

  async function open(path: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    await page.goto(`${app.consoleUrl}${path}`);
    return page;
  }

  test('no button lies on an address', async () => {
    const page = await open('/');
    const link = await page.getByRole('link', { name: app.url }).boundingBox();
    const button = await page.getByRole('button', { name: 'Restart' }).boundingBox();
    if (!link || !button) throw new Error('the address or the button is not there');
    const apart = link.x + link.width <= button.x || link.y >= button.y + button.height;
    expect(apart, JSON.stringify({ link, button })).toBe(true);
  });

  test('a variable is read with its value and what it is, without scrolling to the side', async () => {
    const page = await open('/contract');
    const [column, table] = await Promise.all([
      page.locator('.scroll').boundingBox(),
      page.getByText('Port the service listens on').boundingBox(),
    ]);
    if (!column || !table) throw new Error('the table is not there');
    expect(table.x + table.width).toBeLessThanOrEqual(column.x + column.width);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  });
});
