import type { Purpose } from './keyring.ts';

/** How cookies are called at the service's own address. */
export interface CookieNames {
  readonly secure: boolean;
  /** Name of the session cookie; for `login`, the start of the name of each login transaction's cookie. */
  readonly names: Readonly<Record<Purpose, string>>;
}

/**
 * `__Host-…` (RFC 6265bis) at an https address. On http://localhost, where browsers refuse that prefix, plain names that
 * carry the port, because cookies of localhost are shared by every port.
 */
export function cookieNames(publicUrl: URL): CookieNames {
  if (publicUrl.protocol === 'https:') {
    return { secure: true, names: { session: '__Host-session', login: '__Host-login-' } };
  }
  const port = publicUrl.port || '80';
  return { secure: false, names: { session: `session-${port}`, login: `login-${port}-` } };
}

export function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}
