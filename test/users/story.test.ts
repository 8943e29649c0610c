import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppProcess } from '../support/app-process.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { copyTemplate, startDev } from '../support/template.ts';
import { ada, createUser, followLink, openMail, register, row, signIn } from './story.ts';

const template = copyTemplate('users');
const chromium = findChromium();
let app: AppProcess;
let browser: Browser | undefined;

beforeAll(async () => {
  app = await startDev(template.folder);
  if (chromium) browser = await launchChromium(chromium);
  else console.log('no chromium on PATH: the story of the users service was not tried in a browser');
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  template.remove();
});

async function newPage(options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  if (!browser) throw new Error('the browser did not start');
  return browser.newPage(options);
}

/** What the content security policy refused, and what failed in a script. */
function collectTrouble(page: Page): string[] {
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused/.test(message.text())) trouble.push(message.text());
  });
  return trouble;
}

test.runIf(chromium)(
  'the whole story: register, confirm from the inbox, sign in, create, edit and delete a user, sign out',
  async () => {
    const page = await newPage();
    const trouble = collectTrouble(page);
    await register(page, app.url, ada);
    await signIn(page, ada);
    await page.getByText('The email address or the password is not right').waitFor();

    const inbox = await newPage();
    await openMail(inbox, app.consoleUrl, /^Confirm/);
    const link = await followLink(inbox, 'Confirm the address');
    // Out of the address bar, so that nobody reads it there.
    expect(new URL(link.url()).hash).toBe('');
    await link.getByRole('button', { name: 'Confirm' }).click();
    await link.getByText('Your address is confirmed.').waitFor();
    await link.getByRole('link', { name: 'Sign in' }).click();
    await signIn(link, ada);
    await link.getByRole('heading', { name: 'Users' }).waitFor();

    await signIn(page, ada);
    await page.getByText('Ada Lovelace · ada@example.com').waitFor();
    await page.getByText('No users found.').waitFor();
    await createUser(page, 'Grace@Example.COM');
    await createUser(page, 'alan@example.com');
    await page.getByLabel('Email of a new user').fill('GRACE@example.com');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('This address has a user already.').waitFor();

    await page.getByRole('button', { name: 'Edit grace@example.com' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit user' });
    await edit.getByLabel('Email').fill('hopper@example.com');
    await edit.getByLabel('Active').uncheck();
    await edit.getByRole('button', { name: 'Save' }).click();
    await page.getByText('hopper@example.com was saved.').waitFor();
    await row(page, 'hopper@example.com').getByText('inactive').waitFor();

    await page.getByLabel('Search').fill('ALAN');
    await page.getByRole('button', { name: 'Search' }).click();
    await row(page, 'hopper@example.com').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete alan@example.com' }).click();
    await page.getByRole('dialog', { name: 'Delete user' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByText('alan@example.com was deleted.').waitFor();

    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])')).toBe(
      '[{},{},""]',
    );
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByText('Ada Lovelace ·').waitFor({ state: 'detached' });
    await expect.poll(() => page.content(), { timeout: 30_000 }).not.toContain('@example.com');
    expect(trouble).toEqual([]);
  },
);

test.runIf(chromium)('an administrator is invited, accepts, forgets the password and chooses another', async () => {
  const page = await newPage();
  await page.goto(`${app.url}/admin`);
  await signIn(page, ada);
  const form = page.locator('#invite');
  await form.getByLabel('Email').fill('grace@example.com');
  await form.getByRole('button').click();
  await page.getByText('An invitation is on its way to grace@example.com.').waitFor();

  await openMail(page, app.consoleUrl, /^You are invited/);
  const invitation = await followLink(page, 'Accept the invitation');
  await invitation.getByLabel('Name').fill('Grace Hopper');
  await invitation.getByLabel('Password').fill('password');
  await invitation.getByRole('button', { name: 'Accept' }).click();
  await invitation.getByText('This password is one of the most common passwords').waitFor();
  await invitation.getByLabel('Password').fill('nanoseconds of wire');
  await invitation.getByRole('button', { name: 'Accept' }).click();
  await invitation.getByText('Your account is ready.').waitFor();

  await page.goto(`${app.url}/admin`);
  await page.getByText('Forgot your password?').click();
  await page.locator('#forgot').getByLabel('Email').fill('grace@example.com');
  await page.locator('#forgot').getByRole('button').click();
  await page.getByText('If that address has an account, a link is on its way.').waitFor();
  await openMail(page, app.consoleUrl, /^Choose a new password/);
  const reset = await followLink(page, 'Choose a new password');
  await reset.getByLabel('New password').fill('eleven inches and a half');
  await reset.getByRole('button', { name: 'Save the password' }).click();
  await reset.getByText('Your password is changed.').waitFor();
  await reset.getByRole('link', { name: 'Sign in' }).click();
  await signIn(reset, { email: 'grace@example.com', password: 'eleven inches and a half' });
  await reset.getByText('Grace Hopper · grace@example.com').waitFor();
  await reset.getByRole('button', { name: 'Sign out' }).click();
});

test.runIf(chromium)('a link that is no longer good leads to where one gets another', async () => {
  const page = await newPage();
  const trouble = collectTrouble(page);
  const gone = `#${'a'.repeat(43)}`;
  const rejected = page.getByText('This link is no longer valid. Ask for a new one.');

  await page.goto(`${app.url}/auth/confirm${gone}`);
  const another = page.getByRole('link', { name: 'Get a new link' });
  expect(await another.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await rejected.waitFor();
  await another.click();
  await page.locator('#resend').getByLabel('Email').fill('ada@example.com');
  await page.locator('#resend').getByRole('button').click();
  await page.getByText('If that address waits to be confirmed, a link is on its way.').waitFor();

  await page.goto(`${app.url}/auth/reset${gone}`);
  await page.getByLabel('New password').fill('password');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByText('This password is one of the most common passwords').waitFor();
  expect(await another.isVisible()).toBe(false);
  await page.getByLabel('New password').fill('eleven inches and a half');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await rejected.waitFor();
  await another.click();
  await page.locator('#forgot').getByLabel('Email').waitFor();

  await page.goto(`${app.url}/auth/accept${gone}`);
  await page.getByLabel('Name').fill('Grace Hopper');
  await page.getByLabel('Password').fill('eleven inches and a half');
  await page.getByRole('button', { name: 'Accept' }).click();
  await rejected.waitFor();
  await page.getByText('Any administrator can invite you again.').waitFor();

  // An address without a link, as it is after a reload.
  await page.goto(`${app.url}/auth/confirm`);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('This address has no link in it.').waitFor();
  await another.waitFor();
  expect(trouble).toEqual([]);
});

test.runIf(chromium)('an administrator disables, enables and removes another, but not the last one', async () => {
  const page = await newPage();
  const trouble = collectTrouble(page);
  await page.goto(`${app.url}/admin`);
  await signIn(page, ada);
  const grace = page.locator('#admins').getByRole('row', { name: 'grace@example.com' });
  await page.getByRole('button', { name: 'Disable grace@example.com' }).click();
  await page.getByText('grace@example.com was disabled.').waitFor();
  await grace.getByText('disabled', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Disable ada@example.com' }).click();
  await page.getByText('This is the last administrator.').waitFor();
  await page.getByRole('button', { name: 'Enable grace@example.com' }).click();
  await grace.getByText('active', { exact: true }).waitFor();

  const dialog = page.getByRole('dialog', { name: 'Remove administrator' });
  await page.getByRole('button', { name: 'Remove grace@example.com' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('grace@example.com was removed.').waitFor();
  await grace.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Remove ada@example.com' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByText('This is the last administrator.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await expect.poll(() => page.content(), { timeout: 30_000 }).not.toContain('@example.com');
  expect(trouble).toEqual([]);
});

test.runIf(chromium)('the admin page is usable by keyboard, in the dark, and on a small screen', async () => {
  const page = await newPage({ colorScheme: 'dark', viewport: { width: 320, height: 640 } });
  await page.goto(`${app.url}/admin`);
  await page.getByLabel('Email').first().focus();
  await page.keyboard.type(ada.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ada.password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await expect.poll(() => page.evaluate('document.activeElement?.id'), { timeout: 30_000 }).toBe('users-title');

  await page.keyboard.press('Tab');
  await page.keyboard.type('katherine@example.com');
  await page.keyboard.press('Enter');
  await row(page, 'katherine@example.com').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  await page.getByRole('button', { name: 'Edit katherine@example.com' }).press('Enter');
  await page.getByRole('dialog', { name: 'Edit user' }).waitFor();
  await page.keyboard.press('Escape');
  const focused = () => page.evaluate('document.activeElement?.getAttribute("aria-label")');
  await expect.poll(focused, { timeout: 30_000 }).toBe('Edit katherine@example.com');
});

test.runIf(chromium)('the docs take an access token: Authorize, then a call that works', async () => {
  const page = await newPage();
  const trouble = collectTrouble(page);
  const answer = await fetch(`${app.url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: ada.email, password: ada.password }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  await page.goto(`${app.url}/apidocs`);
  await page.getByRole('button', { name: 'Authorize' }).first().click();
  await page.getByLabel('bearer-value').or(page.locator('.auth-container input')).first().fill(token);
  await page
    .getByRole('button', { name: /Apply credentials|Authorize/ })
    .last()
    .click();
  await page.getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('Users, newest first').click();
  await page.getByRole('button', { name: 'Try it out' }).click();
  const called = page.waitForResponse(/\/users\?/);
  await page.getByRole('button', { name: 'Execute' }).click();
  expect((await called).status()).toBe(200);
  expect(trouble).toEqual([]);
});
