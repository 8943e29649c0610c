/** `show/16kidsandcounting`. */
export const showSlug = '^show/[a-z0-9][a-z0-9-]{0,199}$';

/** Any text but blanks alone. */
export const notBlank = '\\S';

/** `#f80` or `#ff7800`. */
export const colour = '^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$';

/** An address that a page may link to: `javascript:` and its like are none. */
export const link = '^[hH][tT][tT][pP][sS]?://[^\\s<>"/?#\\\\][^\\s<>"]*$';

/** What to write, for people who read an error. */
export const patternHelp: Readonly<Record<string, string>> = {
  [showSlug]:
    'must be show/ and a handle of lower-case letters, digits and, after the first, hyphens, such as show/16kidsandcounting',
  [notBlank]: 'must not be blank',
  [colour]: 'must be a hex colour, such as #f80 or #ff7800',
  [link]: 'must be an address that starts with http:// or https:// and a host',
};
