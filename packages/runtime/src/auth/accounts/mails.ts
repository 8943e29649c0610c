import { type Html, html, page } from '../pages/html.ts';
import type { MailMessage } from './mailer.ts';

/** Mails of the accounts. None repeats what the sender of a request wrote: a name in it could be anybody's advertisement. */
export interface Mails {
  confirm(to: string, token: string): MailMessage;
  alreadyThere(to: string): MailMessage;
  byInvitation(to: string): MailMessage;
  reset(to: string, token: string): MailMessage;
  choosePassword(to: string, token: string): MailMessage;
  changeEmail(to: string, token: string): MailMessage;
  emailChanging(to: string): MailMessage;
  emailTaken(to: string): MailMessage;
  emailChanged(to: string): MailMessage;
  passwordChanged(to: string): MailMessage;
  invite(to: string, token: string): MailMessage;
}

/** Pages of the service that a mailed link leads to; the token is in the fragment, which no log and no proxy sees. */
export interface AccountPages {
  /** @default '/auth/confirm' */
  readonly confirm?: string;
  /** @default '/auth/reset' */
  readonly reset?: string;
  /** @default '/auth/accept' */
  readonly accept?: string;
}

interface Content {
  readonly subject: string;
  readonly lines: readonly string[];
  readonly link?: { readonly label: string; readonly url: string };
}

const ignore = 'If that was not you, you need not do anything.';

/** In the mail itself: few mail programs read what a style sheet says of colours. */
const button = 'background:#0b6b5f;color:#ffffff';

export interface MailsOptions {
  readonly pages?: AccountPages | undefined;
  /** What the service calls itself. @default its host */
  readonly name?: string | undefined;
}

/** @param origin address of the service, asked for each mail */
export function accountMails(origin: () => URL, { pages = {}, name }: MailsOptions = {}): Mails {
  const { confirm = '/auth/confirm', reset = '/auth/reset', accept = '/auth/accept' } = pages;
  const url = (path: string, token: string) => `${new URL(path, origin()).href}#${token}`;
  const service = () => name ?? origin().host;
  /** In a text the host as well: a name could be anyone's. */
  const place = () => (name === undefined ? origin().host : `${name} (${origin().host})`);
  return {
    confirm: (to, token) =>
      write(to, {
        subject: `Confirm your address for ${service()}`,
        lines: [
          `Someone registered at ${place()} with this address.`,
          'If that was you just now, open the link and confirm. It works once, within 24 hours.',
          'If it was not you, do not confirm: whoever registered chose the password.',
        ],
        link: { label: 'Confirm the address', url: url(confirm, token) },
      }),
    alreadyThere: (to) =>
      write(to, {
        subject: `You have an account at ${service()} already`,
        lines: [
          `Someone, perhaps you, tried to register at ${place()} with this address. There is an account already: sign in, or ask for a new password.`,
          ignore,
        ],
      }),
    byInvitation: (to) =>
      write(to, {
        subject: `${service()} takes accounts by invitation`,
        lines: [
          `Someone, perhaps you, tried to register at ${place()} with this address. Accounts are made by invitation: ask an administrator for one.`,
          ignore,
        ],
      }),
    reset: (to, token) =>
      write(to, {
        subject: `Choose a new password for ${service()}`,
        lines: [
          `Someone, perhaps you, asked for a new password at ${place()}.`,
          'Open the link to choose one. It works once, within 20 minutes.',
          ignore,
        ],
        link: { label: 'Choose a new password', url: url(reset, token) },
      }),
    choosePassword: (to, token) =>
      write(to, {
        subject: `Choose your password for ${service()}`,
        lines: [
          `Someone, perhaps you, registered at ${place()} with this address. The password for it is chosen here, by whoever reads this mail.`,
          'If it was you, open the link to choose one: that confirms your address too, and no password given before counts. The link works once, within 20 minutes; after that ask for a new password.',
          ignore,
        ],
        link: { label: 'Choose your password', url: url(reset, token) },
      }),
    changeEmail: (to, token) =>
      write(to, {
        subject: `Confirm your new address for ${service()}`,
        lines: [
          `An account at ${place()} is to have this address.`,
          'Open the link to confirm it. It works once, within 24 hours.',
          ignore,
        ],
        link: { label: 'Confirm the new address', url: url(confirm, token) },
      }),
    emailChanging: (to) =>
      write(to, {
        subject: `Your address at ${service()} is about to change`,
        lines: [
          `Someone who knows your password asked for another email address for your account at ${place()}. This one stays until the new one is confirmed.`,
          'If that was not you, change your password now: that ends the request.',
        ],
      }),
    emailTaken: (to) =>
      write(to, {
        subject: `This address has an account at ${service()} already`,
        lines: [
          `An account at ${place()} was to be moved to this address, which has an account of its own. Nothing was changed.`,
          ignore,
        ],
      }),
    emailChanged: (to) =>
      write(to, {
        subject: `Your address at ${service()} was changed`,
        lines: [
          `Your account at ${place()} has another email address now.`,
          'If that was not you, tell an administrator.',
        ],
      }),
    passwordChanged: (to) =>
      write(to, {
        subject: `Your password at ${service()} was changed`,
        lines: [
          `The password of your account at ${place()} was changed, and every session was ended.`,
          'If that was not you, ask for a new password now.',
        ],
      }),
    invite: (to, token) =>
      write(to, {
        subject: `You are invited to ${service()}`,
        lines: [
          `An administrator of ${place()} invites you to have an account.`,
          'Open the link to choose a name and a password. It works once, within 24 hours.',
        ],
        link: { label: 'Accept the invitation', url: url(accept, token) },
      }),
  };
}

function write(to: string, { subject, lines, link }: Content): MailMessage {
  const paragraphs = lines.map((line) => html`<p>${line}</p>\n`);
  const action = link ? [html`<p><a class="action" style="${button}" href="${link.url}">${link.label}</a></p>\n`] : [];
  const [first, ...rest] = paragraphs;
  const body = join([...(first ? [first] : []), ...action, ...rest]);
  const text = [lines[0], ...(link ? [link.url] : []), ...lines.slice(1)].join('\n\n');
  return { to, subject, text: `${text}\n`, html: page(subject, body) };
}

function join(parts: readonly Html[]): Html {
  return { markup: parts.map(({ markup }) => markup).join('') };
}
