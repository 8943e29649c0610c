/** Directives of a Content-Security-Policy and their sources. */
export type PolicyDirectives = Readonly<Record<string, readonly string[]>>;

const strict: PolicyDirectives = {
  'default-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  'form-action': ["'self'"],
};

/**
 * The policy every answer carries, with directives replaced. A route that needs another one sends it itself:
 * `reply.header('content-security-policy', contentSecurityPolicy({ 'form-action': ["'self'", issuer.origin] }))`.
 *
 * Chromium applies `form-action` to the redirects that follow a form's POST: a form that ends at the identity provider
 * (logout) must name the provider's origin.
 */
export function contentSecurityPolicy(directives: PolicyDirectives = {}): string {
  return Object.entries({ ...strict, ...directives })
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');
}
