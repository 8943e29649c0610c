import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from 'keelson/testing';

const root = fileURLToPath(new URL('../../../../templates/sso', import.meta.url));

describe('startApp', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp({ root });
  });
  afterAll(() => app?.stop());

  it('runs the app at an address of its own', async () => {
    expect((await app.client().fetch('/health')).status).toBe(200);
    expect((await app.client().fetch('/')).status).toBe(401);
    expect(app.env['DATABASE_URL']).toMatch(/^postgres:/);
  });

  it('signs in as a person by walking the login page', async () => {
    const [first, second] = app.people;
    const one = await app.signIn();
    const other = await app.signIn(second?.email ?? '');
    expect(await (await one.fetch('/')).text()).toContain(first?.email);
    expect(await (await other.fetch('/')).text()).toContain(second?.email);
  });

  it('says who there is when nobody has that name', async () => {
    await expect(app.signIn('nobody')).rejects.toThrow(/nobody.*Ada Lovelace/);
  });
});
