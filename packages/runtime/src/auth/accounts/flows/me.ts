import { KeelsonError } from '../../../errors/index.ts';
import { normalizeEmail } from '../email.ts';
import { attempt, refuseAll, refused } from '../input.ts';
import { nameKey, normalizeName } from '../name.ts';
import { type Caller, inTransaction, nameTaken, type Parts } from '../parts.ts';
import { checkPassword } from '../passwords/rules.ts';
import { type Account, isActive } from '../store/accounts.ts';
import type { Executor } from '../store/database.ts';
import { endAccess } from './links.ts';
import { deleteAccount } from './manage.ts';
import { type AccountView, viewOf } from './view.ts';

export interface Changes {
  readonly name?: string;
  /** Takes effect when the new address is confirmed. */
  readonly email?: string;
  /** New password; ends every session. */
  readonly password?: string;
  /** Needed to change address or password. */
  readonly current_password?: string;
}

export interface OwnView extends AccountView {
  /** The address that waits to be confirmed. */
  readonly pending_email: string | null;
}

/** @throws KeelsonError `UNAUTHENTICATED` when the account is gone or disabled */
export async function me(parts: Parts, id: string): Promise<OwnView> {
  const account = await parts.accounts.byId(parts.db, id);
  if (!account || !isActive(account)) throw gone();
  return ownView(parts, parts.db, account);
}

/**
 * Changes a person's own account. The new address must be confirmed by the link mailed to it, until when the old one stays;
 * whether it has an account already shows in that mail alone.
 * @throws KeelsonError `INVALID_REQUEST`, `FORBIDDEN` (wrong current password), `CONFLICT` (name), `TOO_MANY_REQUESTS`
 */
export async function changeMe(parts: Parts, id: string, changes: Changes, caller: Caller): Promise<OwnView> {
  const wanted = checkChanges(changes);
  const known = await parts.accounts.byId(parts.db, id);
  if (!known || !isActive(known)) throw gone();
  const sensitive = changes.password !== undefined || (wanted.email !== undefined && wanted.email !== known.email);
  if (sensitive) await checkCurrent(parts, known, changes.current_password, caller);
  if (wanted.email !== undefined && wanted.email !== known.email) {
    await parts.limiter.take(parts.limits.emailChange, known.id);
  }
  const passwordHash = changes.password === undefined ? undefined : await parts.hasher.hash(changes.password);
  return inTransaction(parts, async (db) => {
    const account = await parts.accounts.lock(db, id);
    // Somebody changed the password since it was checked: the check is worth nothing any more.
    if (!account || !isActive(account) || account.password_hash !== known.password_hash) throw gone();
    if (wanted.name !== undefined) await rename(parts, db, account, wanted.name, caller);
    if (passwordHash !== undefined) await changePassword(parts, db, account, passwordHash, caller);
    if (wanted.email !== undefined && wanted.email !== account.email) {
      await startEmailChange(parts, db, account, wanted.email, caller);
    }
    return ownView(parts, db, (await parts.accounts.byId(db, id)) ?? account);
  });
}

/**
 * Deletes a person's own account. Being signed in is enough: it asks for no password.
 * @throws KeelsonError `NOT_FOUND`, `CONFLICT` (the last administrator)
 */
export function deleteMe(parts: Parts, id: string, caller: Caller): Promise<void> {
  return deleteAccount(parts, { id, actor: id }, caller);
}

function checkChanges({ name, email, password }: Changes): { readonly name?: string; readonly email?: string } {
  const called = attempt(() => (name === undefined ? undefined : normalizeName(name)));
  const address = attempt(() => (email === undefined ? undefined : normalizeEmail(email)));
  const secret = attempt(() => (password === undefined ? undefined : checkPassword(password)));
  refuseAll([called.complaint, address.complaint, secret.complaint]);
  return {
    ...(called.value === undefined ? {} : { name: called.value }),
    ...(address.value === undefined ? {} : { email: address.value }),
  };
}

async function checkCurrent(parts: Parts, account: Account, password: string | undefined, caller: Caller) {
  if (password === undefined)
    throw refused('current_password', 'is needed to change the email address or the password');
  await parts.limiter.take(parts.limits.currentPassword, account.id);
  if (!(await parts.hasher.verify(account.password_hash, password))) {
    const entry = { event: 'current-password-wrong', actor: account.id, address: caller.address };
    await parts.audit.record(parts.db, entry);
    throw new KeelsonError('FORBIDDEN', {
      detail: 'the current password is wrong',
      extensions: { errors: [{ path: 'body/current_password', message: 'is not right' }] },
    });
  }
  await parts.limiter.giveBack(parts.limits.currentPassword, account.id);
}

async function rename(parts: Parts, db: Executor, account: Account, name: string, caller: Caller): Promise<void> {
  const key = nameKey(name);
  if (await parts.names.isOfAnother(db, key, account.email)) throw nameTaken();
  await parts.accounts.update(db, account.id, { name, nameKey: key });
  await note(parts, db, account, 'renamed', caller);
}

async function changePassword(parts: Parts, db: Executor, account: Account, passwordHash: string, caller: Caller) {
  await parts.accounts.update(db, account.id, { passwordHash });
  await endAccess(parts, db, account.id);
  await note(parts, db, account, 'password-changed', caller);
  await parts.mailer.send(parts.mails.passwordChanged(account.email), { in: db });
}

async function startEmailChange(parts: Parts, db: Executor, account: Account, email: string, caller: Caller) {
  const token = await parts.links.make(db, account.id, 'email', email);
  const taken = await parts.accounts.byEmail(db, email);
  await note(parts, db, account, 'email-change-asked', caller);
  await parts.mailer.send(taken ? parts.mails.emailTaken(email) : parts.mails.changeEmail(email, token), { in: db });
  await parts.mailer.send(parts.mails.emailChanging(account.email), { in: db });
}

function note(parts: Parts, db: Executor, { id }: Account, event: string, { address }: Caller): Promise<void> {
  return parts.audit.record(db, { event, actor: id, subject: id, address });
}

async function ownView(parts: Parts, db: Executor, account: Account): Promise<OwnView> {
  return { ...viewOf(account), pending_email: (await parts.links.pendingEmail(db, account.id)) ?? null };
}

function gone(): KeelsonError {
  return new KeelsonError('UNAUTHENTICATED', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
}
