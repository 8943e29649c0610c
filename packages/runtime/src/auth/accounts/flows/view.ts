import type { Account } from '../store/accounts.ts';

/** What may be known of an account: no hash and no token. */
export interface AccountView {
  readonly id: string;
  readonly email: string;
  /** `null` while an invitation waits. */
  readonly name: string | null;
  readonly role: string;
  /** Whether the address was confirmed. */
  readonly confirmed: boolean;
  /** `false` while it is disabled. */
  readonly active: boolean;
  /** RFC 3339. */
  readonly created_at: string;
}

export function viewOf({ id, email, name, role, confirmed_at, disabled_at, created_at }: Account): AccountView {
  return {
    id,
    email,
    name,
    role,
    confirmed: confirmed_at !== null,
    active: disabled_at === null,
    created_at: created_at.toISOString(),
  };
}
