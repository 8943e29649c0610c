import type { Executor } from './store/database.ts';

export interface MailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The part of `mailer()` that accounts need. */
export interface AccountMailer {
  /** Takes a message for delivery; with `in`, only when that transaction commits. */
  send(message: MailMessage, options?: { readonly in?: Executor }): Promise<unknown>;
}
