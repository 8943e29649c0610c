import { randomUUID } from 'node:crypto';
import type { QueryExecutorProvider } from 'kysely';
import type { Log } from '../log/log.ts';
import { domainOf, type Sender } from './address.ts';
import { attemptLimit, backOff } from './back-off.ts';
import { watchCommits } from './commits.ts';
import { checkMessage, type Mailer } from './message.ts';
import { createOutbox } from './outbox.ts';
import type { MailTransport } from './transport/transport.ts';
import { Worker } from './worker.ts';

export interface MailerSettings {
  /** Mails that are sent at once. @default 4 */
  readonly concurrency?: number;
  /**
   * Milliseconds that a mail belongs to the process that sends it. When that is killed meanwhile, the mail is sent again
   * after them; an attempt is ended after half of them. @default 120_000
   */
  readonly lease?: number;
  /** Attempts until a mail is given up. @default 18, about a day with the back-off below */
  readonly attempts?: number;
  /** Milliseconds to wait after this many attempts. @default 5 s, doubled up to 3 h, ± 20 % */
  readonly backOff?: (attempts: number) => number;
  /** Days that a row (recipient, subject, what became of it; no contents) is kept. @default 7 */
  readonly keepDays?: number;
}

export interface Parts {
  readonly db: QueryExecutorProvider;
  readonly transport: MailTransport;
  readonly from: Sender;
  readonly log: Log;
}

export interface Outgoing extends Mailer {
  start(): void;
  stop(): Promise<void>;
}

/** Outbox and worker, put together. */
export function outgoing({ db, transport, from, log }: Parts, settings: MailerSettings): Outgoing {
  const outbox = createOutbox(db);
  const worker = new Worker({
    outbox,
    transport,
    from,
    log,
    concurrency: settings.concurrency ?? 4,
    lease: settings.lease ?? 120_000,
    attemptLimit: settings.attempts ?? attemptLimit,
    backOff: settings.backOff ?? backOff,
    keepDays: settings.keepDays ?? 7,
  });
  const commits = watchCommits(outbox.ended, () => worker.wake());
  return {
    async send(message, options = {}) {
      const messageId = `<${randomUUID()}@${domainOf(from.address)}>`;
      const transaction = await outbox.add(checkMessage(message), messageId, options.in);
      if (options.in) commits.await(transaction);
      else worker.wake();
    },
    start: () => worker.start(),
    stop: async () => {
      commits.stop();
      await worker.stop();
    },
  };
}
