import type { Locator, Page } from 'playwright-core';

// What an administrator does in a browser: the test and the README's pictures are of the same clicks.

export interface Admin {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

export const ada: Admin = { email: 'ada@example.com', name: 'Ada Lovelace', password: 'correct horse battery' };

export async function register(page: Page, url: string, { email, name, password }: Admin): Promise<void> {
  await page.goto(`${url}/admin`);
  const form = page.locator('#register');
  await form.getByLabel('Email').fill(email);
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Password').fill(password);
  await form.getByRole('button').click();
  await page.getByText('Check your mail').waitFor();
}

/** Opens the newest mail with that subject in the console's inbox. */
export async function openMail(page: Page, consoleUrl: string, subject: RegExp): Promise<void> {
  await page.goto(`${consoleUrl}/inbox`, { waitUntil: 'load' });
  await page.getByRole('link', { name: subject }).first().click();
  await page.locator('iframe.html').waitFor();
}

/** Clicks the link in the open mail; answers the page that opens in a tab of its own. */
export async function followLink(page: Page, label: string): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await page.frameLocator('iframe.html').getByRole('link', { name: label }).click();
  const tab = await opened;
  await tab.waitForLoadState();
  return tab;
}

export async function signIn(page: Page, { email, password }: Pick<Admin, 'email' | 'password'>): Promise<void> {
  const form = page.locator('#sign-in');
  await form.getByLabel('Email').fill(email);
  await form.getByLabel('Password').fill(password);
  await form.getByRole('button').click();
}

export async function createUser(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email of a new user').fill(email);
  await page.getByRole('button', { name: 'Create' }).click();
  await row(page, email).waitFor();
}

export const row = (page: Page, email: string): Locator => page.getByRole('row', { name: email });
