import { join } from 'node:path';
import type { Resource } from '@keelson/contract';
import { listenOnLoopback } from '../loopback.ts';
import type { LocalContext, LocalPart } from '../part.ts';
import { givenMail } from './given.ts';
import { openInbox } from './inbox.ts';
import { senderOf } from './sender.ts';
import { createSmtpServer } from './server.ts';

export type MailResource = Extract<Resource, { kind: 'mail' }>;

export interface MailOptions {
  /** First port to try. @default 1025 */
  readonly port?: number;
}

/**
 * Starts the inbox: an SMTP server on 127.0.0.1 that takes every mail and delivers none. The newest are kept in
 * `.keelson/mail`. A mail server of the user's own (`MAIL_URL`) is used when it is on this machine too.
 *
 * @throws ConfigError when `MAIL_URL` leads elsewhere and `KEELSON_SEND_MAIL` is not `1`
 */
export async function startMail(
  context: LocalContext,
  name: string,
  resource: MailResource,
  { port = 1025 }: MailOptions = {},
): Promise<LocalPart> {
  const from = senderOf(context, resource);
  const given = givenMail(context, from);
  if (given) return given;
  const inbox = await openInbox(join(context.stateDir, 'mail', name), context.log);
  const smtp = createSmtpServer(inbox, context.log);
  const found = await listenOnLoopback(smtp.server, port);
  const url = `smtp://127.0.0.1:${found}`;
  return {
    title: 'Inbox: mail stays on this machine',
    address: url,
    ...(port !== 0 && found !== port && { movedFrom: port }),
    env: { MAIL_URL: url, MAIL_FROM: from },
    inbox,
    stop: () => new Promise((resolve) => smtp.close(resolve)),
  };
}
