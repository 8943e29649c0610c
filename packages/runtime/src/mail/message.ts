import type { QueryExecutorProvider } from 'kysely';
import { KeelsonError } from '../errors/index.ts';
import { isMailAddress } from './address.ts';
import type { MailHtml } from './html.ts';

/** One mail to one person. A template is a function that returns its `subject`, `text` and `html`. */
export interface MailMessage {
  /** One bare address: `ann@example.com`. */
  readonly to: string;
  /** One line, 250 characters at most. */
  readonly subject: string;
  /** What a reader without HTML sees. */
  readonly text: string;
  /** Made by the `html` tag, or text that is markup already. */
  readonly html: string | MailHtml;
}

export interface SendOptions {
  /** The transaction that the mail belongs to: it is sent when that commits, and never existed when it does not. */
  readonly in?: QueryExecutorProvider;
}

export interface Mailer {
  /**
   * Puts a mail into the outbox; resolves when it is stored, not when it has arrived. From then on it is delivered at
   * least once, however often the mail server, the database or this process goes down meanwhile. A mail that is sent a
   * second time has the same `Message-ID`.
   *
   * @throws KeelsonError `INVALID_REQUEST` an address that is none, a line break in the subject; `DATABASE_UNAVAILABLE`
   */
  send(message: MailMessage, options?: SendOptions): Promise<void>;
}

const longestSubject = 250;
const largestBody = 512 * 1024;
// oxlint-disable-next-line no-control-regex -- these are what it looks for
const controls = /[\0-\x1f\x7f-\x9f\u2028\u2029]/;

/** Text and markup as they are stored. */
export interface CheckedMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Refuses what could become more headers, or more recipients, than were meant. The value is never repeated. */
export function checkMessage({ to, subject, text, html }: MailMessage): CheckedMessage {
  const markup = typeof html === 'string' ? html : html.markup;
  if (!isMailAddress(to)) throw refused('The address of a mail is not one plain address.');
  if (subject === '' || subject.length > longestSubject) {
    throw refused(`The subject of a mail must have 1 to ${longestSubject} characters.`);
  }
  if (controls.test(subject)) throw refused('The subject of a mail has a line break or another control character.');
  // PostgreSQL stores no NUL, and no mail needs one.
  if (text.includes('\0') || markup.includes('\0')) throw refused('The text of a mail has a NUL character.');
  if (text.length + markup.length > largestBody) throw refused(`A mail is longer than ${largestBody} characters.`);
  return { to, subject, text, html: markup };
}

function refused(detail: string): KeelsonError {
  return new KeelsonError('INVALID_REQUEST', { detail, hint: 'Check what people enter before it becomes a mail.' });
}
