import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { forkSender } from './fixtures/fork.ts';
import { gate, message, startOutbox, type TestOutbox } from './outbox.ts';
import { refusal, startSmtp, type TestSmtp } from './smtp.ts';

let outbox: TestOutbox;
let smtp: TestSmtp;

beforeAll(async () => {
  [outbox, smtp] = await Promise.all([startOutbox(), startSmtp()]);
});
afterEach(async () => {
  await outbox.clear();
  await smtp.close();
  smtp = await startSmtp();
});
afterAll(async () => {
  await smtp.close();
  await outbox.remove();
});

const polled = { timeout: 60_000, interval: 50 };

describe('a mail', () => {
  test('is stored, sent, and its contents are erased', async () => {
    const mailer = outbox.mailer({ url: smtp.url });
    await mailer.send(message('ann@example.org', 'tok-1'));
    const [mail] = await smtp.arrived(1);
    expect(mail).toMatchObject({ from: 'no-reply@example.com', to: ['ann@example.org'] });
    expect(mail?.raw).toMatch(/^From: Example <no-reply@example\.com>$/m);
    expect(mail?.raw).toMatch(/^To: ann@example\.org$/m);
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(mail?.raw).not.toMatch(/^X-Mailer/im);
    expect(mail?.messageId).toMatch(/^<[0-9a-f-]{36}@example\.com>$/);
    expect(mail?.raw).toContain('multipart/alternative');
    await expect.poll(outbox.rows, polled).toEqual([
      expect.objectContaining({
        sent_at: expect.any(Date),
        next_attempt_at: null,
        text: null,
        html: null,
        attempts: 1,
      }),
    ]);
    expect(JSON.stringify(await outbox.rows())).not.toContain('tok-1');
  });

  test('of a transaction is sent when that commits, and never when it is rolled back', async () => {
    const mailer = outbox.mailer({ url: smtp.url });
    const rolledBack = mailer.db.transaction().execute(async (trx) => {
      await mailer.send(message('gone@example.org'), { in: trx });
      throw new Error('changed my mind');
    });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    await mailer.db.transaction().execute(async (trx) => {
      await mailer.send(message('ann@example.org'), { in: trx });
      await sql`select pg_sleep(0.3)`.execute(trx);
      expect(smtp.mails).toEqual([]);
    });
    expect((await smtp.arrived(1)).map(({ to }) => to)).toEqual([['ann@example.org']]);
    await mailer.stop();
    expect(smtp.mails).toHaveLength(1);
  });

  test('that an earlier process left is sent by the next one when it starts', async () => {
    await smtp.down();
    const earlier = outbox.mailer({ url: smtp.url, backOff: () => 0 });
    await earlier.send(message());
    await expect.poll(async () => (await outbox.rows())[0]?.['attempts'], polled).toBeGreaterThan(0);
    await earlier.stop();
    await smtp.up();
    outbox.mailer({ url: smtp.url });
    await smtp.arrived(1);
  });
});

describe('a mail server', () => {
  test('fault 13: down → mail waits and is sent when it is back, all of it soon after the first', async () => {
    await smtp.down();
    const waits = [300, 60_000, 60_000, 60_000];
    const mailer = outbox.mailer({ url: smtp.url, concurrency: 1, backOff: () => waits.shift() ?? 300 });
    for (const to of ['a@example.org', 'b@example.org', 'c@example.org']) await mailer.send(message(to));
    const waiting = { unreachable: true, claim: null, last_error: expect.stringContaining('ECONNREFUSED') };
    await expect.poll(outbox.rows, polled).toEqual([1, 2, 3].map(() => expect.objectContaining(waiting)));
    await smtp.up();
    const mails = await smtp.arrived(3);
    expect(mails.flatMap(({ to }) => to).toSorted()).toEqual(['a@example.org', 'b@example.org', 'c@example.org']);
  });

  test('that says 4xx is asked again, with the same Message-ID and Date', async () => {
    let refused = 0;
    const ids: string[] = [];
    smtp.on.data = () => {
      if (++refused < 3) throw refusal(451, 'greylisted, come back');
    };
    const mailer = outbox.mailer({ url: smtp.url });
    await mailer.send(message());
    const [row] = await outbox.rows();
    ids.push(String(row?.['message_id']));
    const [mail] = await smtp.arrived(1);
    expect(refused).toBe(3);
    expect([mail?.messageId]).toEqual(ids);
    const date = Date.parse(/^Date: (.*)$/m.exec(mail?.raw ?? '')?.[1] ?? '');
    expect(Math.floor(date / 1000)).toBe(Math.floor(Number(row?.['created_at']) / 1000));
  });

  test.each([
    ['the recipient', 'rcpt', 550],
    ['the contents', 'data', 554],
  ] as const)('that says 5xx about %s is not asked again; the row stays, without contents', async (_, stage, code) => {
    let asked = 0;
    smtp.on[stage] = () => {
      asked++;
      throw refusal(code, '5.7.1 ann@example.org: see https://policy.example/?token=tok-9');
    };
    const mailer = outbox.mailer({ url: smtp.url });
    await mailer.send(message());
    await expect
      .poll(outbox.rows, polled)
      .toEqual([expect.objectContaining({ given_up_at: expect.any(Date), next_attempt_at: null, text: null })]);
    const [row] = await outbox.rows();
    expect(row?.['last_error']).toMatch(new RegExp(`${code} 5\\.7\\.1 <recipient>: see <link>`));
    expect(asked).toBe(1);
    expect(outbox.logs.join('\n')).toContain('A mail was refused for good');
    expect(outbox.logs.join('\n')).not.toMatch(/tok-|ann@example\.org/);
  });

  test('that never takes it is given up after the last attempt', async () => {
    smtp.on.data = () => {
      throw refusal(451, 'never');
    };
    const mailer = outbox.mailer({ url: smtp.url, attempts: 3, backOff: () => 1 });
    await mailer.send(message());
    await expect
      .poll(outbox.rows, polled)
      .toEqual([expect.objectContaining({ given_up_at: expect.any(Date), attempts: 3, text: null })]);
  });

  test('that does not answer is left in time; others take their turn meanwhile', async () => {
    const stuck = gate();
    let first = true;
    smtp.on.data = async () => {
      if (!first) return;
      first = false;
      await stuck.opened;
    };
    const mailer = outbox.mailer({ url: smtp.url, lease: 6_000, concurrency: 2 });
    await mailer.send(message('slow@example.org'));
    await expect.poll(() => first, polled).toBe(false);
    await mailer.send(message('quick@example.org'));
    expect((await smtp.arrived(1))[0]?.to).toEqual(['quick@example.org']);
    await smtp.arrived(2);
    const [row] = await outbox.rows();
    expect(row).toMatchObject({ recipient: 'slow@example.org', attempts: 2 });
    stuck.open();
  });
});

describe('mails to one person', () => {
  test('arrive in the order in which they were written, however long each one takes', async () => {
    const mailer = outbox.mailer({ url: smtp.url });
    // The first ones take longest: sent at once, the last would arrive first.
    let pause = 250;
    smtp.on.data = () => delay((pause -= 50));
    await mailer.db.transaction().execute(async (trx) => {
      for (let n = 0; n < 5; n++) {
        await mailer.send({ ...message('ann@example.org'), subject: `Link ${n}` }, { in: trx });
      }
    });
    const subjects = (await smtp.arrived(5)).map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1]);
    expect(subjects).toEqual([0, 1, 2, 3, 4].map((n) => `Link ${n}`));
  });
});

describe('several processes', () => {
  test('send each of 60 mails once', async () => {
    const env = { DATABASE_URL: outbox.url, MAIL_URL: smtp.url, LEASE: '60000' };
    await smtp.down();
    const writer = outbox.mailer({ url: smtp.url, backOff: () => 60_000 });
    await writer.db.transaction().execute(async (trx) => {
      for (let n = 0; n < 60; n++) await writer.send(message(`p${n}@example.org`), { in: trx });
      await writer.stop();
    });
    smtp.on.data = () => delay(5);
    await smtp.up();
    const senders = await Promise.all([forkSender(env), forkSender(env)]);
    try {
      await smtp.arrived(60);
      await expect.poll(async () => (await outbox.rows()).filter((row) => row['sent_at']).length, polled).toBe(60);
      expect(new Set(smtp.mails.flatMap(({ to }) => to)).size).toBe(60);
      expect(smtp.mails).toHaveLength(60);
      expect((await outbox.rows()).every((row) => row['attempts'] === 1)).toBe(true);
    } finally {
      for (const sender of senders) await sender.stop();
    }
  });

  test('fault 14: kill -9 in mid-send → sent again after the lease, with the same Message-ID', async () => {
    const reached = gate();
    const stuck = gate();
    smtp.on.data = async () => {
      reached.open();
      await stuck.opened;
    };
    const env = { DATABASE_URL: outbox.url, MAIL_URL: smtp.url, LEASE: '10000' };
    const writer = outbox.mailer({ url: smtp.url });
    await writer.stop();
    await writer.send(message());
    const killed = await forkSender(env);
    await reached.opened;
    killed.child.kill('SIGKILL');
    await killed.stop();
    // The server takes what the killed process sent: nobody is there any more to hear of it.
    stuck.open();
    await smtp.arrived(1);
    const next = await forkSender(env);
    try {
      const [first, second] = await smtp.arrived(2);
      expect(second?.messageId).toBe(first?.messageId);
      await expect
        .poll(outbox.rows, polled)
        .toEqual([expect.objectContaining({ sent_at: expect.any(Date), attempts: 2 })]);
    } finally {
      await next.stop();
    }
  });
});
