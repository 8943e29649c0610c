import type { Account } from 'oidc-provider';
import type { Persona } from './people.ts';
import type { Vendor } from './vendors/index.ts';

/** What the provider says of a person. The scopes that were asked for choose among these. */
export function accountOf(person: Persona, vendor: Vendor, origin: string): Account {
  return {
    accountId: person.sub,
    claims: (use) => ({
      sub: person.sub,
      email: person.email,
      email_verified: person.emailVerified,
      ...names(person.name),
      picture: `${origin}/avatar/${encodeURIComponent(initials(person.name))}.svg`,
      ...vendor.claims(person, use),
    }),
  };
}

/** `Ada Lovelace` → `AL`. */
export function initials(name: string): string {
  const letters = name.match(/(?<!\p{L})\p{L}/gu) ?? [];
  return [letters[0] ?? '?', letters.length > 1 ? letters.at(-1) : ''].join('').toUpperCase();
}

function names(name: string): Record<string, string> {
  const [given, ...family] = name.split(' ');
  return { name, ...(given && { given_name: given }), ...(family.length > 0 && { family_name: family.join(' ') }) };
}
