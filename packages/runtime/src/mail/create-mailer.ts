import type { QueryExecutorProvider } from 'kysely';
import type { Problem } from '@keelson/contract';
import { createBootScope } from '../config/boot.ts';
import { invalid } from '../config/problems.ts';
import { ConfigError } from '../errors/index.ts';
import type { Log } from '../log/log.ts';
import { parseSender } from './address.ts';
import { senderHint } from './mailer.ts';
import type { Mailer } from './message.ts';
import { type MailerSettings, outgoing } from './outgoing.ts';
import { transportTo, urlHint } from './transport/from-env.ts';
import { parseMailUrl } from './transport/mail-url.ts';
import type { MailTransport } from './transport/transport.ts';

export interface MailerOptions extends MailerSettings {
  /** Any Kysely on PostgreSQL 13 or later with the table that `createOutboxTable` makes. */
  readonly db: QueryExecutorProvider;
  /** `smtp://user:password@host:587`, `smtps://…`, `ses://region`, or a way of your own. */
  readonly url: string | MailTransport;
  /** `no-reply@example.com` or `Example <no-reply@example.com>`. */
  readonly from: string;
  /** @default warnings and errors as JSON lines on standard error */
  readonly log?: Log;
}

export interface RunningMailer extends Mailer {
  /** Finishes what is under way, for 8 seconds at most. The database must still be there. */
  stop(): Promise<void>;
}

/**
 * A mailer for a program without `createService`. It begins at once with what earlier processes left.
 * @throws ConfigError with everything that is wrong in `url` and `from`
 */
export function createMailer({ db, url, from, log, ...settings }: MailerOptions): RunningMailer {
  const problems: Problem[] = [];
  const transport = transportOf(url, problems);
  const sender = parseSender(from);
  if (!sender) problems.push(invalid('from', 'is no sender.', senderHint));
  if (!sender || !transport) throw new ConfigError(problems);
  const parts = { db, transport, from: sender, log: log ?? createBootScope(process.env).log };
  const { send, start, stop } = outgoing(parts, settings);
  start();
  return { send, stop };
}

function transportOf(url: MailerOptions['url'], problems: Problem[]): MailTransport | undefined {
  if (typeof url !== 'string') return url;
  const address = parseMailUrl(url);
  if (!('problem' in address)) return transportTo(address, process.env);
  problems.push(invalid('url', address.problem, urlHint));
  return undefined;
}
