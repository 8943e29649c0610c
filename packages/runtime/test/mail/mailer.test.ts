import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createService, type Service } from '../../src/index.ts';
import { html, isMailAddress, type Mailer, mailer } from '../../src/mail/index.ts';
import { type Postgres, postgres } from '../../src/data/postgres/index.ts';
import { gate, message, quick, startOutbox, type TestOutbox } from './outbox.ts';
import { startSmtp, type TestSmtp } from './smtp.ts';

let outbox: TestOutbox;
let smtp: TestSmtp;
beforeAll(async () => {
  [outbox, smtp] = await Promise.all([startOutbox(), startSmtp()]);
});
afterEach(() => outbox.clear());
afterAll(async () => {
  await smtp.close();
  await outbox.remove();
});

const polled = { timeout: 60_000, interval: 50 };

function service(use: (mail: Mailer, db: Postgres<unknown>) => void = () => {}): Service {
  return createService(async () => {
    const db = postgres<unknown>('db', { idleTimeout: 200 });
    use(mailer(db, quick), db);
  });
}

const env = () => ({ DATABASE_URL: outbox.url, MAIL_URL: smtp.url, MAIL_FROM: 'x@example.com', NODE_ENV: 'test' });

describe('mailer()', () => {
  test('names every problem of its environment at the boot, and repeats no value', async () => {
    const wrong = { ...env(), MAIL_URL: 'http://geheim', MAIL_FROM: 'x@example.com\r\nBcc: y@example.com' };
    await expect(service().build(wrong, { logger: false })).rejects.toMatchObject({
      problems: [{ path: 'MAIL_URL' }, { path: 'MAIL_FROM' }],
      message: expect.not.stringMatching(/geheim|Bcc/),
    });
    const { MAIL_URL: _url, MAIL_FROM: _from, ...nothing } = env();
    await expect(service().build(nothing, { logger: false })).rejects.toMatchObject({
      problems: [{ path: 'MAIL_URL' }, { path: 'MAIL_FROM' }],
    });
  });

  test('a secret that is not set keeps mail waiting, and the service up', async () => {
    let mail: Mailer | undefined;
    const app = await service((made) => (mail = made)).build({ ...env(), MAIL_URL: 'UNSET' }, { logger: false });
    await mail?.send(message());
    await expect
      .poll(outbox.rows, polled)
      .toEqual([expect.objectContaining({ last_error: expect.stringContaining('MAIL_URL') })]);
    expect((await app.inject('/ready')).statusCode).toBe(200);
    await app.close();
  });

  test('closing finishes the mail that is under way, and sends what is due', async () => {
    let mail: Mailer | undefined;
    const app = await service((made) => (mail = made)).build(env(), { logger: false });
    const reached = gate();
    const go = gate();
    smtp.on.data = async () => {
      reached.open();
      await go.opened;
    };
    const before = smtp.mails.length;
    await mail?.send(message());
    await reached.opened;
    const closed = app.close();
    await mail?.send(message('late@example.org'));
    go.open();
    await closed;
    smtp.on.data = () => {};
    expect(smtp.mails.slice(before).map(({ to }) => to[0])).toEqual(['ann@example.org', 'late@example.org']);
    expect((await outbox.rows()).every((row) => row['sent_at'] !== null)).toBe(true);
  });

  test('an idle service holds no connection to the database', async () => {
    let mail: Mailer | undefined;
    const named = { ...env(), DATABASE_URL: `${outbox.url}?application_name=idle-mail` };
    const app = await service((made) => (mail = made)).build(named, { logger: false });
    await mail?.send(message());
    await expect.poll(async () => (await outbox.rows())[0]?.['sent_at'], polled).toBeTruthy();
    const connections = () =>
      outbox.server.sql("select count(*)::int as n from pg_stat_activity where application_name = 'idle-mail'");
    await expect.poll(connections, polled).toEqual([{ n: 0 }]);
    await app.close();
  });

  test('fault 8: the database restarts → send is refused meanwhile, what was stored is sent afterwards', async () => {
    let mail: Mailer | undefined;
    const app = await service((made) => (mail = made)).build(env(), { logger: false });
    const before = smtp.mails.length;
    const reached = gate();
    const go = gate();
    smtp.on.data = async () => {
      reached.open();
      await go.opened;
    };
    await mail?.send(message('first@example.org'));
    await reached.opened;
    await outbox.server.restart(async () => {
      await expect(mail?.send(message())).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
      // Taken while nobody can write that down.
      go.open();
      await smtp.arrived(before + 1);
    });
    await expect.poll(async () => (await outbox.rows())[0]?.['sent_at'], polled).toBeTruthy();
    await mail?.send(message('second@example.org'));
    await smtp.arrived(before + 2);
    await app.close();
    smtp.on.data = () => {};
    expect(smtp.mails.slice(before).map(({ to }) => to[0])).toEqual(['first@example.org', 'second@example.org']);
  });
});

describe('a message', () => {
  const wrong = [
    { to: 'a@example.org\r\nBcc: b@example.org' },
    { to: 'a@example.org\0' },
    { to: 'a@example.org, b@example.org' },
    { to: 'A <a@example.org>' },
    { to: '"a@e"@v.example' },
    { to: 'a＠example.org' },
    { to: 'a@[127.0.0.1]' },
    { to: `${'a'.repeat(65)}@example.org` },
    { to: 'a@-example.org' },
    { subject: 'x\r\nBcc: b@example.org' },
    { subject: 'x\u2028y' },
    { subject: '' },
    { subject: 'x'.repeat(251) },
    { text: 'x\0y' },
    { html: 'x'.repeat(600_000) },
  ];
  test.each(wrong)('security 36: %o is refused, the value not repeated, nothing stored', async (part) => {
    const { db: _db, ...mail } = outbox.mailer({ url: smtp.url });
    const error = await mail.send({ ...message(), ...part }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', statusCode: 400 });
    expect(String(error)).not.toContain('example.org');
    expect(await outbox.rows()).toEqual([]);
  });

  test('plain addresses are addresses', () => {
    for (const address of ["o'neil+tag@example.co.uk", 'a@b', 'x_y@xn--mller-kva.example', 'no-reply@app.localhost']) {
      expect(isMailAddress(address)).toBe(true);
    }
  });

  test('the html tag escapes every value that it did not make', () => {
    const name = '<img src=x onerror="alert(1)"> & \'co\'';
    const items = ['<b>', '2'].map((item) => html`<li>${item}</li>`);
    const forged = { markup: '<script>' } as never;
    expect(html`<p title="${name}">${1}</p><ul>${items}</ul>${forged}`.markup).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;co&#39;">1</p>' +
        '<ul><li>&lt;b&gt;</li><li>2</li></ul>[object Object]',
    );
  });
});
