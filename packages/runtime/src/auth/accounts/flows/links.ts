import { KeelsonError } from '../../../errors/index.ts';
import { normalizeEmail } from '../email.ts';
import { callerNetwork } from '../limits/address.ts';
import type { Limit } from '../limits/limiter.ts';
import type { MailMessage } from '../mailer.ts';
import { type Caller, inTransaction, type Parts } from '../parts.ts';
import { checkPassword } from '../passwords/rules.ts';
import { type Account, isContested } from '../store/accounts.ts';
import type { Executor } from '../store/database.ts';
import type { Link, LinkPurpose } from '../store/links.ts';

/** What the use of a mailed link gives: a device that may sign in even while strangers guess. */
export interface Proven {
  readonly accountId: string;
  readonly device: string;
}

/**
 * Mails a new confirmation link, or one to choose a password, when the address waits for one. Says nothing about whether it
 * does.
 * @throws KeelsonError `INVALID_REQUEST`, `TOO_MANY_REQUESTS`, `OVERLOADED`
 */
export function resend(parts: Parts, email: string, caller: Caller): Promise<void> {
  return mailLink(parts, { email, limit: parts.limits.registerMail }, caller, async (db, account) => {
    if (account.confirmed_at !== null || account.name === null) return;
    await parts.mailer.send(await registrationMail(parts, db, account), { in: db });
  });
}

/** What an account that waits is mailed: a link that confirms it, or, where it is contested, one to choose its password. */
export async function registrationMail({ links, mails }: Parts, db: Executor, account: Account): Promise<MailMessage> {
  const { id, email } = account;
  if (isContested(account)) return mails.choosePassword(email, await links.make(db, id, 'reset', email));
  return mails.confirm(email, await links.make(db, id, 'confirm', email));
}

/**
 * Mails a link to choose a new password, when the address has an account, confirmed or not. Says nothing about whether it
 * has.
 * @throws KeelsonError `INVALID_REQUEST`, `TOO_MANY_REQUESTS`, `OVERLOADED`
 */
export function forgot(parts: Parts, email: string, caller: Caller): Promise<void> {
  return mailLink(parts, { email, limit: parts.limits.resetMail }, caller, async (db, account) => {
    if (account.name === null || account.disabled_at !== null) return;
    const token = await parts.links.make(db, account.id, 'reset', account.email);
    await parts.audit.record(db, { event: 'reset-asked', subject: account.id, address: caller.address });
    const mail = account.confirmed_at === null ? parts.mails.choosePassword : parts.mails.reset;
    await parts.mailer.send(mail(account.email, token), { in: db });
  });
}

/** Answered before the address is looked up: how long that takes would show whether it has an account. */
async function mailLink(
  parts: Parts,
  { email: text, limit }: { readonly email: string; readonly limit: Limit },
  caller: Caller,
  send: (db: Executor, account: Account) => Promise<void>,
): Promise<void> {
  const email = normalizeEmail(text);
  await parts.limiter.take(parts.limits.mailByNetwork, callerNetwork(caller.address));
  parts.background.start('mail-link-failed', async () => {
    const allowed = await parts.limiter.allows(limit, email);
    await inTransaction(parts, async (db) => {
      await parts.names.renew(db, email);
      const account = await parts.accounts.lockByEmail(db, email);
      if (account && allowed) await send(db, account);
    });
  });
}

/**
 * Uses up the link of a registration or of a change of address. It signs nobody in.
 * @throws KeelsonError `LINK_REJECTED`, `TOO_MANY_REQUESTS`
 */
export async function confirm(parts: Parts, token: string, caller: Caller): Promise<Proven> {
  await parts.limiter.take(parts.limits.linkByNetwork, callerNetwork(caller.address));
  return inTransaction(parts, async (db) => {
    const { link, account } = await takeLink(parts, db, token, ['confirm', 'email']);
    await (link.purpose === 'email' ? changeEmail : confirmEmail)(parts, db, account, link, caller);
    return { accountId: account.id, device: await parts.devices.add(db, account.id) };
  });
}

/**
 * Uses up a link of an account, which is locked first, as whoever ends its links does.
 * @throws KeelsonError `LINK_REJECTED`
 */
export async function takeLink(
  { links, accounts }: Parts,
  db: Executor,
  token: string,
  purposes: readonly LinkPurpose[],
): Promise<{ readonly link: Link; readonly account: Account }> {
  const id = await links.accountOf(db, token);
  const account = id === undefined ? undefined : await accounts.lock(db, id);
  const link = account && (await links.consume(db, token, purposes));
  if (!link) throw rejected();
  return { link, account };
}

async function confirmEmail(parts: Parts, db: Executor, account: Account, link: Link, caller: Caller): Promise<void> {
  if (account.email !== link.email || account.password_hash === null) throw rejected();
  await parts.accounts.update(db, account.id, { confirmed: true });
  await parts.audit.record(db, { event: 'confirmed', subject: account.id, address: caller.address });
}

async function changeEmail(parts: Parts, db: Executor, account: Account, link: Link, caller: Caller): Promise<void> {
  // Somebody else may have got the address since. The unique index has the last word.
  if (await parts.accounts.byEmail(db, link.email)) throw rejected();
  await parts.links.endAll(db, account.id);
  await parts.accounts.update(db, account.id, { email: link.email });
  await parts.audit.record(db, {
    event: 'email-changed',
    actor: account.id,
    subject: account.id,
    address: caller.address,
  });
  await parts.mailer.send(parts.mails.emailChanged(account.email), { in: db });
}

/**
 * Sets a new password by a mailed link, which confirms the account too. Every session ends.
 * @throws KeelsonError `LINK_REJECTED`, `INVALID_REQUEST` (the link is then still good), `TOO_MANY_REQUESTS`, `OVERLOADED`
 */
export async function reset(
  parts: Parts,
  { token, password }: { readonly token: string; readonly password: string },
  caller: Caller,
): Promise<Proven> {
  await parts.limiter.take(parts.limits.linkByNetwork, callerNetwork(caller.address));
  checkPassword(password);
  const passwordHash = await parts.hasher.hash(password);
  return inTransaction(parts, async (db) => {
    const { link, account } = await takeLink(parts, db, token, ['reset']);
    if (account.email !== link.email || account.disabled_at !== null) throw rejected();
    await parts.accounts.update(db, account.id, { passwordHash, confirmed: true });
    await endAccess(parts, db, account.id);
    await parts.audit.record(db, {
      event: 'password-reset',
      actor: account.id,
      subject: account.id,
      address: caller.address,
    });
    await parts.mailer.send(parts.mails.passwordChanged(account.email), { in: db });
    return { accountId: account.id, device: await parts.devices.add(db, account.id) };
  });
}

/** Sessions, mailed links and known devices of an account whose password changed. */
export async function endAccess(parts: Parts, db: Executor, accountId: string): Promise<void> {
  await parts.sessions.endAll(db, accountId);
  await parts.links.endAll(db, accountId);
  await parts.devices.forgetAll(db, accountId);
}

export function rejected(): KeelsonError {
  return new KeelsonError('LINK_REJECTED', { detail: 'the link was used, replaced by a newer one, or is too old' });
}
