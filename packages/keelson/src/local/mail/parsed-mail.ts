import PostalMime, { type Address } from 'postal-mime';
import { linksOf } from './links.ts';

/** A mail as a reader sees it. Everything in it is a stranger's. */
export interface ParsedMail {
  /** As the headers say: `Name <address>`. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** The header's value; `''`: none. */
  readonly date: string;
  readonly text: string;
  readonly html: string;
  /** http and https, each once, those of the text first. */
  readonly links: readonly string[];
  readonly attachments: readonly string[];
  /** Why it cannot be read; its source can. */
  readonly trouble?: string;
}

const limits = { maxNestingDepth: 32, maxHeadersSize: 256 * 1024, maxRfc822NestingDepth: 2 };

export async function parseMail(raw: Uint8Array): Promise<ParsedMail> {
  try {
    const email = await PostalMime.parse(raw, limits);
    const { subject = '', date = '', text = '', html = '' } = email;
    return {
      from: written(email.from ? [email.from] : []),
      to: written([...(email.to ?? []), ...(email.cc ?? [])]),
      subject,
      date,
      text,
      html,
      links: linksOf(text, html),
      attachments: email.attachments.map(({ filename, mimeType }) => filename ?? mimeType),
    };
  } catch (error) {
    return { ...unreadable, trouble: error instanceof Error ? error.message : 'unknown reason' };
  }
}

const unreadable = {
  from: '',
  to: '',
  subject: '(cannot be read)',
  date: '',
  text: '',
  html: '',
  links: [],
  attachments: [],
};

function written(addresses: readonly Address[]): string {
  return addresses
    .flatMap((address) => (address.group ? address.group : [address]))
    .map(({ name, address }) => (name ? `${name} <${address}>` : address))
    .join(', ');
}
