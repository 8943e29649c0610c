import type { QueryExecutorProvider } from 'kysely';
import Type from 'typebox';
import { type Boot, currentBoot } from '../config/boot.ts';
import { invalid } from '../config/problems.ts';
import { readEnv } from '../config/read-env.ts';
import { parseSender, type Sender } from './address.ts';
import type { Mailer } from './message.ts';
import { type MailerSettings, outgoing } from './outgoing.ts';
import { transportFromEnv } from './transport/from-env.ts';

export const senderHint = 'Write an address, no-reply@example.com, or a name with it: Example <no-reply@example.com>.';

/**
 * The service's way to send mail, handed over to what `MAIL_URL` names (SMTP or SES) with `MAIL_FROM` as its sender. Say it
 * in a service's setup, after `postgres()`; the table `keelson_mail` is made by `keelson migrate`.
 *
 * Mail is sent while the process runs: at once, and again with a back-off while the mail server is away. While nothing
 * waits it sets no timer and holds no connection, so that Aurora can pause. A mail server that is away does not make the
 * service unready.
 *
 * @param db where the outbox is; a transaction of the same database may be given to `send`
 * @example
 * const db = postgres<Database>('db');
 * const mail = mailer(db);
 * await db.transaction().execute(async (trx) => {
 *   await trx.insertInto('admins').values(admin).execute();
 *   await mail.send({ to: admin.email, ...confirmation(link) }, { in: trx });
 * });
 */
export function mailer(db: QueryExecutorProvider, settings: MailerSettings = {}): Mailer {
  const boot = currentBoot();
  const transport = transportFromEnv(boot);
  const { send, start, stop } = outgoing({ db, transport, from: senderFromEnv(boot), log: boot.log }, settings);
  boot.onReady(async () => start());
  boot.onClose(stop);
  return { send };
}

function senderFromEnv(boot: Boot): Sender {
  const variables = Type.Object({ MAIL_FROM: Type.String({ description: 'sender of the mail' }) });
  const { MAIL_FROM: text } = readEnv(boot, variables);
  const sender = parseSender(text);
  if (!sender && text) boot.problem(invalid('MAIL_FROM', 'is no sender.', senderHint));
  return sender ?? { name: '', address: 'nobody@invalid' };
}
