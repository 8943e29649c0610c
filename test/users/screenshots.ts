import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { AppProcess } from '../support/app-process.ts';
import { ada, createUser, followLink, openMail, register, row, signIn } from './story.ts';

/** The pictures of the README: the story as the browser test tells it. */
export async function takeUsers(browser: Browser, { url, consoleUrl }: AppProcess, folder: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 900, height: 720 } });
  const page = await context.newPage();
  await register(page, url, ada);
  await page.screenshot({ path: join(folder, 'register.png') });

  await openMail(page, consoleUrl, /^Confirm/);
  await page.frameLocator('iframe.html').getByRole('link').first().waitFor();
  await page.screenshot({ path: join(folder, 'inbox.png') });
  const confirmation = await followLink(page, 'Confirm the address');
  await confirmation.getByRole('button', { name: 'Confirm' }).click();
  await confirmation.getByText('Your address is confirmed.').waitFor();

  await page.goto(`${url}/admin`);
  await signIn(page, ada);
  for (const name of ['alan', 'barbara', 'grace', 'katherine']) await createUser(page, `${name}@example.com`);
  await page.getByRole('button', { name: 'Edit barbara@example.com' }).click();
  await page.getByRole('dialog').getByLabel('Active').uncheck();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await row(page, 'barbara@example.com').getByText('inactive').waitFor();
  await page.screenshot({ path: join(folder, 'admin.png') });
  await context.close();
}
