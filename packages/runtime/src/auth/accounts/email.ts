import { domainToASCII } from 'node:url';
import { refused } from './input.ts';

/** Bytes of an address (RFC 5321, section 4.5.3.1.3, without the angle brackets). */
const maxLength = 254;
const maxLocalLength = 64;
/** Dot-atom of RFC 5322, section 3.2.3: no quotes, no comments, no lists, ASCII only. */
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one spelling of an email address that the database knows: trimmed of spaces, in lower case, the domain in ASCII (IDNA).
 * Two addresses that differ only in spelling are one account.
 * @throws KeelsonError `INVALID_REQUEST`
 */
export function normalizeEmail(text: string): string {
  const address = text.replace(/^ +| +$/g, '');
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  if (at < 1 || !localPart.test(local)) throw malformed();
  if (local.length > maxLocalLength) throw malformed();
  const normal = `${local.toLowerCase()}@${normalizeDomain(address.slice(at + 1))}`;
  if (Buffer.byteLength(address) > maxLength || normal.length > maxLength) throw tooLong();
  return normal;
}

function normalizeDomain(text: string): string {
  // Node maps what looks like another character (`＠`, `．`) before it splits: such a domain is not what was typed.
  if (/[\s\p{C}＠．。｡@,;:<>()[\]"\\/?#%]/u.test(text)) throw malformed();
  const domain = domainToASCII(text);
  const labels = domain.split('.');
  const last = labels.at(-1) ?? '';
  if (labels.length < 2 || !labels.every((each) => label.test(each)) || /^\d/.test(last)) throw malformed();
  return domain;
}

const malformed = () => refused('email', 'is not a plain email address such as ann@example.com');
const tooLong = () => refused('email', `has more than ${maxLength} bytes`);
