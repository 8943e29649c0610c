import type { Limit } from './limiter.ts';

const minute = 60;

/** Generous to people, useless for guessing: a password of the list of common ones is refused in the first place. */
export const defaultLimits = {
  /** Sign-ins that failed, per client network (IPv4 address or IPv6 /64). */
  signInByNetwork: limit('sign-in by network', 30, 15 * minute),
  /** Sign-ins that failed, per account, from devices that never signed in to it. */
  signInByAccount: limit('sign-in by account', 10, 15 * minute),
  /** Sign-ins that failed from a device that signed in to that account before. */
  signInByDevice: limit('sign-in by device', 10, 15 * minute),
  /** Wrong current passwords of somebody who is signed in. */
  currentPassword: limit('current password', 10, 15 * minute),
  registerByNetwork: limit('register by network', 100, 15 * minute),
  /** Requests for mail (resend, forgot), per client network. */
  mailByNetwork: limit('mail by network', 30, 15 * minute),
  /** Uses of mailed links, per client network. */
  linkByNetwork: limit('link by network', 60, 15 * minute),
  /**
   * Mails about a registration to one address, which anyone can cause; what is beyond is left out in silence. Not shared with
   * `resetMail`: nobody can keep others from a new password by registering in their name.
   */
  registerMail: limit('register mail', 5, 20 * minute),
  /** Mails with a link for a new password to one address; not longer than such a link is good for. */
  resetMail: limit('reset mail', 5, 20 * minute),
  /** Changes of address that one person asks for. */
  emailChange: limit('email change', 5, 20 * minute),
} satisfies Record<string, Limit>;

export type LimitName = keyof typeof defaultLimits;
export type Limits = Readonly<Record<LimitName, Limit>>;

function limit(name: string, max: number, window: number): Limit {
  return { name, max, window };
}

/** The defaults with some replaced. */
export function chooseLimits(given: Partial<Record<LimitName, Pick<Limit, 'max' | 'window'>>> = {}): Limits {
  const entries = Object.entries(defaultLimits) as [LimitName, Limit][];
  return Object.fromEntries(entries.map(([name, each]) => [name, { ...each, ...given[name] }])) as Limits;
}
