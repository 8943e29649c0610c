export interface SmtpAddress {
  readonly kind: 'smtp';
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise by STARTTLS. */
  readonly secure: boolean;
  /** On this machine, where TLS is not asked for. */
  readonly loopback: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
}

export interface SesAddress {
  readonly kind: 'ses';
  readonly region: string;
}

export type MailAddress = SmtpAddress | SesAddress;

/** Ports of RFC 6409 (submission) and RFC 8314 (submissions). */
const ports: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };

/** Reads `smtp://`, `smtps://` and `ses://`; otherwise says why it is none, without repeating it. */
export function parseMailUrl(text: string): MailAddress | { readonly problem: string } {
  if (!URL.canParse(text)) return { problem: 'is not a URL.' };
  const url = new URL(text);
  if (url.protocol === 'ses:') return sesAddress(url);
  if (!(url.protocol in ports)) return { problem: 'must start with smtp://, smtps:// or ses://.' };
  const hostname = url.hostname.toLowerCase();
  if (!/^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/.test(hostname)) return { problem: 'names no host.' };
  const extra = extraPart(url);
  if (extra) return { problem: extra };
  const auth = credentials(url);
  if (typeof auth === 'string') return { problem: auth };
  return {
    kind: 'smtp',
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || ports[url.protocol]),
    secure: url.protocol === 'smtps:',
    loopback: isLoopback(hostname),
    ...(auth ? { auth } : {}),
  };
}

function sesAddress(url: URL): SesAddress | { problem: string } {
  const extra = url.username || url.password || url.port ? 'has more than a region.' : extraPart(url);
  if (extra) return { problem: extra };
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(url.hostname)) return { problem: 'names no AWS region.' };
  return { kind: 'ses', region: url.hostname };
}

function extraPart({ pathname, search, hash }: URL): string | undefined {
  return pathname.replace('/', '') || search || hash ? 'must have no path, query or fragment.' : undefined;
}

function credentials({ username, password }: URL): SmtpAddress['auth'] | string {
  if (!username && !password) return undefined;
  if (!username || !password) return 'has a user name or a password, but not both.';
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  } catch {
    return 'has a user name or password that is not percent-encoded.';
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
