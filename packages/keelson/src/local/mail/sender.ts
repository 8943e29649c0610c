import type { LocalContext } from '../part.ts';
import type { MailResource } from './index.ts';

/** `MAIL_FROM` of the user's, or the resource's `from` with the name that the app has on this machine. */
export function senderOf({ app, env }: LocalContext, { from = 'no-reply@{domain}' }: MailResource): string {
  // RFC 6761, 6.3: names below localhost lead nowhere else.
  return env['MAIL_FROM'] ?? from.replaceAll('{app}', app.name).replaceAll('{domain}', `${app.name}.localhost`);
}
