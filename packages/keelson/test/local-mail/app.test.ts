import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from 'keelson/testing';
import { cleanUp, makeFolder } from '../dev/harness.ts';

const config = `export default {
  name: 'hello', region: 'eu-central-1',
  resources: { db: { kind: 'postgres' }, mail: { kind: 'mail' } },
  services: { api: { source: 'src/main.ts', compute: 'fargate', uses: ['db', 'mail'] } },
};
`;
const service = `import { createService } from '@keelson/runtime';
import { html, mailer } from '@keelson/runtime/mail';
import { postgres } from '@keelson/runtime/postgres';
import Type from 'typebox';
export default createService(async (app) => {
  const db = postgres('db');
  const mail = mailer(db);
  const schema = { body: Type.Object({ to: Type.String(), name: Type.String() }), response: { 202: Type.Object({}) } };
  app.post('/invite', { auth: 'public', schema }, async (request, reply) => {
    const { to, name } = request.body;
    const link = 'https://app.example/confirm#tok-1';
    await db.transaction().execute((trx) => mail.send({
      to, subject: 'Confirm, ' + name, text: 'Open ' + link,
      html: html\`<p>Hello \${name}, <a href="\${link}">confirm</a></p>\`,
    }, { in: trx }));
    return reply.code(202).send({});
  });
});
`;

describe('a service that mails', () => {
  let app: RunningApp;
  beforeAll(async () => {
    const files = { 'keelson.config.ts': config, 'src/main.ts': service };
    app = await startApp({ root: await makeFolder(files) });
  });
  afterAll(async () => {
    await app?.stop();
    await cleanUp();
  });

  const invite = (to: string, name: string) =>
    app.client().fetch('/invite', {
      method: 'POST',
      body: JSON.stringify({ to, name }),
      headers: { 'content-type': 'application/json' },
    });

  it('a test reads the link, and each mail once', async () => {
    expect((await invite('ann@example.org', '<b>Ann</b>')).status).toBe(202);
    await invite('bob@example.org', 'Bob');
    const bob = await app.nextMail({ to: 'Bob@example.org' });
    expect(bob).toMatchObject({ subject: 'Confirm, Bob', from: 'no-reply@hello.localhost' });
    const ann = await app.nextMail();
    expect(ann.links).toEqual(['https://app.example/confirm#tok-1']);
    expect(ann.html).toContain('Hello &lt;b&gt;Ann&lt;/b&gt;,');
    expect((await app.mails()).map(({ to }) => to).toSorted()).toEqual(['ann@example.org', 'bob@example.org']);
    await expect(app.nextMail({ to: 'eve@example.org', timeout: 10 })).rejects.toThrow(/ann@example\.org: Confirm/);
  });

  it('security 36: header injection and lists of addresses are refused, and nothing is sent', async () => {
    for (const [to, name] of [
      ['eve@example.org\r\nBcc: all@example.org', 'x'],
      ['eve@example.org, mallory@example.org', 'x'],
      ['"a@e"@example.org', 'x'],
      ['eve＠example.org', 'x'],
      ['eve@example.org', 'x\r\nBcc: all@example.org'],
      ['eve@example.org', 'x\nX-Evil: 1'],
    ] as const) {
      expect((await invite(to, name)).status).toBe(400);
    }
    await invite('last@example.org', 'Last');
    await app.nextMail({ to: 'last@example.org' });
    expect(JSON.stringify(await app.mails())).not.toMatch(/eve|mallory|all@/);
  });

  it('security 50: no link and no address of a mail is in a log', () => {
    expect(app.logs().some(({ text }) => text.includes('A mail was handed over'))).toBe(true);
    expect(JSON.stringify(app.logs())).not.toMatch(/tok-1|ann@example\.org/);
  });
});
