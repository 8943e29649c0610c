export { isMailAddress } from './address.ts';
export { type MailHtml, html } from './html.ts';
export { type MailerOptions, type RunningMailer, createMailer } from './create-mailer.ts';
export { mailer } from './mailer.ts';
export type { MailerSettings } from './outgoing.ts';
export { DeliveryError } from './delivery-error.ts';
export type { MailTransport, OutgoingMail } from './transport/transport.ts';
export type { Mailer, MailMessage, SendOptions } from './message.ts';
export { up as createOutboxTable, down as dropOutboxTable } from '../data/postgres/system-migrations/003-mail.ts';
