const compact = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Whether a text is a signed token in the compact form (RFC 7515, section 7.1), in its one spelling: decoders skip padding and
 * spaces and ignore the last bits of a base64 text, so a signature would have several.
 */
export function isCompactForm(token: string): boolean {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  return compact.test(token) && Buffer.from(signature, 'base64url').toString('base64url') === signature;
}
