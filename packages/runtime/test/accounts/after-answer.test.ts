import { describe, expect, test } from 'vitest';
import type { AccountMailer } from '@keelson/runtime/accounts';
import { join, post, someone } from './client.ts';
import { harness } from './harness.ts';
import { outbox } from './outbox.ts';

const { start } = harness();

/** An outbox that takes mail when the test says so. */
function gated() {
  let open = () => {};
  let gate = Promise.resolve();
  const box = outbox();
  const mailer: AccountMailer = {
    send: async (message, options) => {
      await gate;
      return box.send(message, options);
    },
  };
  return {
    mailer,
    open: () => open(),
    shut: () => {
      gate = new Promise<void>((resolve) => {
        open = resolve;
      });
    },
  };
}

describe('resend and forgot are answered before the address is looked up', () => {
  test('forgot: the answer does not wait for what a known address causes', async () => {
    const { mailer, open, shut } = gated();
    const service = await start({ mailer });
    await join(service, someone('ann'));
    shut();
    const answer = await post(service, '/auth/forgot', { email: 'ann@example.com' });
    expect([answer.status, answer.text]).toEqual([202, '{"status":"accepted"}']);
    open();
    expect((await service.mails())[0]?.subject).toContain('new password');
  });

  test('a graceful stop waits for it', async () => {
    const { mailer, open, shut } = gated();
    const service = await start({ mailer });
    await post(service, '/auth/register', someone('ann'));
    shut();
    expect((await post(service, '/auth/resend', { email: 'ann@example.com' })).status).toBe(202);
    const stopped = service.app.close();
    open();
    await stopped;
    expect(await service.sql('select count(*)::int as n from mails')).toEqual([{ n: 2 }]);
  });

  test('what fails is logged, without the address', async () => {
    const mailer: AccountMailer = { send: () => Promise.reject(new Error('no outbox')) };
    const service = await start({ mailer });
    await service.sql(
      "insert into admins (email, name, role, confirmed_at) values ('ann@example.com', 'ann', 'x', now())",
    );
    expect((await post(service, '/auth/forgot', { email: 'ann@example.com' })).status).toBe(202);
    await service.app.accounts.settled();
    const [line = ''] = service.lines.filter((each) => each.includes('mail-link-failed'));
    expect(line).toContain('no outbox');
    expect(line).not.toContain('ann@');
  });
});
