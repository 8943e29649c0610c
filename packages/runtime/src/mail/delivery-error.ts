/** Why a mail was not taken. */
export interface DeliveryFailure {
  /** For the log and the table: no secret, no address, no text of the mail. */
  readonly reason: string;
  /** This mail will never be taken. */
  readonly permanent: boolean;
  /** Nothing was said of this mail: the mail server is away, or refuses us altogether. */
  readonly unreachable: boolean;
}

export class DeliveryError extends Error implements DeliveryFailure {
  readonly reason: string;
  readonly permanent: boolean;
  readonly unreachable: boolean;

  constructor({ reason, permanent, unreachable }: DeliveryFailure, cause?: unknown) {
    super(reason, { cause });
    this.name = 'DeliveryError';
    this.reason = reason;
    this.permanent = permanent;
    this.unreachable = unreachable;
  }
}

/** Commands that are about us and not about a mail: their refusal is for the operator to mend, and mail waits for that. */
const aboutUs = /^(CONN|EHLO|HELO|STARTTLS|AUTH|API|QUIT)/i;
const longestReason = 200;

interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** RFC 5321, 4.2.1: 5yz is permanent, 4yz is not. 530 to 538 (RFC 4954, 6) ask for another sign-in, not another mail. */
export function smtpFailure(error: unknown, recipient: string): DeliveryFailure {
  const { code = 'error', command = 'CONN', response, responseCode = 0, message } = error as SmtpError;
  const unreachable = aboutUs.test(command) || (responseCode >= 530 && responseCode <= 538) || responseCode === 421;
  // What a server answers to a sign-in may repeat it.
  const said = /^AUTH/i.test(command) || code === 'EAUTH' ? String(responseCode || '') : (response ?? message);
  return {
    reason: printable(`${code} ${command}: ${said}`, recipient),
    permanent: !unreachable && responseCode >= 500 && responseCode < 600,
    unreachable,
  };
}

/** API_SendEmail, "Errors": those that are about one mail. */
const rejectedBySes = new Set(['MessageRejected', 'BadRequestException']);

/** What it says before it has seen the records of our domain, and of recipients as long as the account is in the sandbox. */
const notVerified = /identities failed the check/i;

interface SesError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
}

export function sesFailure(error: unknown, recipient: string): DeliveryFailure {
  const { name, message, $metadata } = error as SesError;
  const isVerifiedLater = name === 'MessageRejected' && notVerified.test(message);
  const permanent = rejectedBySes.has(name) && !isVerifiedLater;
  return {
    reason: printable(`${name} ${$metadata?.httpStatusCode ?? ''}: ${message}`, recipient),
    permanent,
    // Mail to others may be taken.
    unreachable: !permanent && !(isVerifiedLater && message.includes(recipient)),
  };
}

/** One line without the addresses and links that servers like to repeat. */
function printable(text: string, recipient: string): string {
  return text
    .slice(0, 2_000)
    .replaceAll(recipient, '<recipient>')
    .replace(/\b[a-z][a-z0-9+.-]{1,20}:\/\/\S+/gi, '<link>')
    .replace(/[^\s<>@,;:]+@[^\s<>@,;:]+/g, '<address>')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, longestReason);
}
