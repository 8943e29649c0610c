import { KeelsonError } from '../../../errors/index.ts';
import { type Caller, inTransaction, type Parts } from '../parts.ts';
import { type Account, isActive } from '../store/accounts.ts';
import type { Executor } from '../store/database.ts';
import { type AccountView, viewOf } from './view.ts';

export interface AccountPage {
  readonly items: readonly AccountView[];
  readonly total: number;
}

/** The accounts, oldest first. */
export async function listAccounts(
  { db, accounts }: Parts,
  page: { readonly limit: number; readonly offset: number },
): Promise<AccountPage> {
  const [items, total] = [await accounts.list(db, page), await accounts.count(db)];
  return { items: items.map(viewOf), total };
}

interface Target {
  readonly id: string;
  /** Id of the account that does it. */
  readonly actor: string;
}

/**
 * Deletes an account with its sessions and links.
 * @throws KeelsonError `NOT_FOUND`, `CONFLICT` (the last administrator)
 */
export function deleteAccount(parts: Parts, { id, actor }: Target, { address }: Caller): Promise<void> {
  return inTransaction(parts, async (db) => {
    const account = await lockNotLast(parts, db, id);
    await parts.accounts.delete(db, account.id);
    await parts.audit.record(db, { event: 'account-deleted', actor, subject: id, address });
  });
}

/**
 * Disables an account, which ends its sessions at once, or enables it again.
 * @throws KeelsonError `NOT_FOUND`, `CONFLICT` (the last administrator)
 */
export function setActive(parts: Parts, target: Target, active: boolean, { address }: Caller): Promise<AccountView> {
  const { id, actor } = target;
  return inTransaction(parts, async (db) => {
    const account = active ? await parts.accounts.lock(db, id) : await lockNotLast(parts, db, id);
    if (!account) throw new KeelsonError('NOT_FOUND');
    const changed = await parts.accounts.update(db, id, { disabled: !active });
    if (!active) {
      await parts.sessions.endAll(db, id);
      await parts.links.endAll(db, id);
    }
    const event = active ? 'account-enabled' : 'account-disabled';
    await parts.audit.record(db, { event, actor, subject: id, address });
    return viewOf(changed);
  });
}

/** Administrators are locked first and in one order, so that of two who leave at once the second one finds themselves alone. */
async function lockNotLast({ accounts, adminRole }: Parts, db: Executor, id: string): Promise<Account> {
  const administrators = await accounts.lockActive(db, adminRole);
  const account = await accounts.lock(db, id);
  if (!account) throw new KeelsonError('NOT_FOUND');
  if (administrators.length === 1 && administrators[0] === id) {
    throw new KeelsonError('CONFLICT', { detail: 'it is the last administrator' });
  }
  return account;
}

/** @throws KeelsonError `UNAUTHENTICATED`, `FORBIDDEN` */
export async function requireRole({ db, accounts }: Parts, id: string, role: string): Promise<string> {
  const account = await accounts.byId(db, id);
  if (!account || !isActive(account)) {
    throw new KeelsonError('UNAUTHENTICATED', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
  }
  if (account.role !== role) throw new KeelsonError('FORBIDDEN', { detail: `the route needs the role ${role}` });
  return account.id;
}
