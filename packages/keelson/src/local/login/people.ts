import type { LocalPerson } from '../part.ts';
import type { Vendor } from './vendors/index.ts';

/** Someone the local provider knows. */
export interface Persona extends LocalPerson {
  readonly emailVerified: boolean;
  readonly roles: readonly string[];
  /** Google Workspace domain of the account. */
  readonly hostedDomain?: string;
}

export interface People {
  /** The ones that are offered. */
  readonly offered: readonly Persona[];
  bySubject(sub: string): Persona | undefined;
  /** Anyone by email address, offered or not. */
  byEmail(email: string): Persona;
}

/** People beyond the offered ones that are remembered; the one not seen for the longest is forgotten first. */
const rememberedOthers = 200;

/** Everyone has the same subject on every machine and after every start. */
export function peopleOf(vendor: Vendor, hostedDomain?: string): People {
  const offered = personas(vendor, hostedDomain);
  const others = new Map<string, Persona>();
  return {
    offered,
    bySubject: (sub) => offered.find((person) => person.sub === sub) ?? others.get(sub),
    byEmail: (email) => {
      const known = offered.find((person) => person.email === email.toLowerCase());
      if (known) return known;
      const person = someoneElse(vendor, email.toLowerCase());
      others.delete(person.sub);
      others.set(person.sub, person);
      const [oldest] = others.keys();
      if (others.size > rememberedOthers && oldest !== undefined) others.delete(oldest);
      return person;
    },
  };
}

/** One `@`, no white space or control characters, at most 254 characters (RFC 5321). */
export function isEmail(value: string): boolean {
  return value.length <= 254 && /^[^\s@\p{C}]+@[^\s@\p{C}]+\.[^\s@\p{C}]+$/u.test(value);
}

function personas(vendor: Vendor, hostedDomain?: string): readonly Persona[] {
  const domain = hostedDomain ?? 'example.com';
  const someone = (mailbox: string, name: string, note: string, more: Partial<Persona> = {}): Persona => {
    const email = mailbox.includes('@') ? mailbox : `${mailbox}@${domain}`;
    return {
      sub: vendor.subject(email),
      name,
      email,
      note,
      emailVerified: true,
      roles: [],
      hostedDomain: domain,
      ...more,
    };
  };
  const people = [
    someone('ada', 'Ada Lovelace', 'administrator', { roles: ['admin'] }),
    someone('grace', 'Grace Hopper', 'member', { roles: ['member'] }),
    someone('alan', 'Alan Turing', 'email not verified', { emailVerified: false }),
    someone(
      'thorunn.margret',
      'Þórunn Margrét Ásgeirsdóttir-Nguyễn “山田 花子” O’Brien-Østergård y Fernández de la Vega',
      'long name, many scripts',
    ),
  ];
  if (!hostedDomain) return people;
  const { hostedDomain: _none, ...outsider } = someone('olga@example.net', 'Olga Outside', `not of ${hostedDomain}`);
  // Google lets anyone make an account with any address of theirs; whose account it is says `hd` alone.
  const other = 'elsewhere.example';
  const lookalike = someone('emil', 'Emil Elsewhere', `address of ${domain}, account of ${other}`, {
    hostedDomain: other,
  });
  return [...people, outsider, lookalike];
}

function someoneElse(vendor: Vendor, email: string): Persona {
  const [mailbox = email, domain = ''] = email.split('@');
  const person = {
    sub: vendor.subject(email),
    name: mailbox,
    email,
    note: 'someone else',
    emailVerified: true,
    roles: [],
  };
  return domain === 'gmail.com' ? person : { ...person, hostedDomain: domain };
}
