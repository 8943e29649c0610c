// npm run screenshots: takes the pictures of the README from the real thing.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { AppProcess } from './support/app-process.ts';
import { findChromium, launchChromium } from './support/chromium.ts';
import { repository } from './support/imports.ts';
import { copyTemplate, startDev } from './support/template.ts';
import { takeUsers } from './users/screenshots.ts';

const images = join(repository, 'docs/images');
const chromium = findChromium();

if (chromium === undefined) {
  console.error('There is no chromium on PATH.');
  process.exitCode = 1;
} else {
  mkdirSync(images, { recursive: true });
  const opened = await launchChromium(chromium);
  try {
    await take('sso', async ({ url, consoleUrl }) => {
      await takeStartPage(opened, url);
      await takeConsole(opened, consoleUrl);
    });
    await take('users', (app) => takeUsers(opened, app, join(repository, 'templates/users/images')));
  } finally {
    await opened.close();
  }
}

async function take(name: string, pictures: (app: AppProcess) => Promise<void>): Promise<void> {
  const template = copyTemplate(name);
  const app = await startDev(template.folder);
  try {
    await pictures(app);
  } finally {
    await app.stop();
    template.remove();
  }
}

async function takeStartPage(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 900, height: 720 } });
  await page.goto(url);
  await page.getByRole('button', { name: /Ada Lovelace/ }).click();
  await page.waitForURL(`${url}/`);
  for (const note of [
    'Ask Grace how long a nanosecond is.',
    'The engine weaves algebraic patterns.\nAs the loom weaves flowers and leaves.',
  ]) {
    await page.getByLabel('Text').fill(note);
    await page.getByRole('button', { name: 'Save note' }).click();
    await page.getByText(note.split('\n')[0] ?? '').waitFor();
  }
  await page.screenshot({ path: join(images, 'start-page.png') });
}

async function takeConsole(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
  // Live logs keep a connection open, so the network never falls idle.
  await page.goto(url, { waitUntil: 'load' });
  await page.screenshot({ path: join(images, 'console.png') });
}
