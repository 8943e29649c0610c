import type { SendMailOptions } from 'nodemailer';
import type { OutgoingMail } from './transport.ts';

/** RFC 3834, 5: no vacation notices, please. */
export const automatic = { 'Auto-Submitted': 'auto-generated' };

/** The mail as nodemailer wants it: addresses as objects, so that nothing in them is parsed, and nothing is read from files. */
export function compose({ from, to, subject, text, html, messageId, date }: OutgoingMail): SendMailOptions {
  return {
    from: { name: from.name, address: from.address },
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    subject,
    text,
    html,
    messageId,
    date,
    headers: automatic,
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
