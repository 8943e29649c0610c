import { KeelsonError } from '../../../errors/index.ts';
import { normalizeEmail } from '../email.ts';
import { attempt, refuseAll } from '../input.ts';
import { callerNetwork } from '../limits/address.ts';
import { nameKey, normalizeName } from '../name.ts';
import { type Caller, inTransaction, nameTaken, type Parts } from '../parts.ts';
import { checkPassword } from '../passwords/rules.ts';
import { rejected, takeLink } from './links.ts';
import { type AccountView, viewOf } from './view.ts';

/**
 * Mails an invitation; the account waits until it is accepted, as an administrator's. A newer one ends the older.
 * @throws KeelsonError `INVALID_REQUEST`, `CONFLICT` (the address has an account, which an administrator may know)
 */
export function invite(
  parts: Parts,
  { email: text, actor }: { readonly email: string; readonly actor: string },
  caller: Caller,
): Promise<AccountView> {
  const email = normalizeEmail(text);
  return inTransaction(parts, async (db) => {
    await parts.accounts.forgetUnconfirmed(db, parts.tables);
    const role = parts.adminRole;
    const made = await parts.accounts.insert(db, { email, name: null, nameKey: null, passwordHash: null, role });
    const account = made ?? (await parts.accounts.lockByEmail(db, email));
    if (!account || account.confirmed_at !== null) {
      throw new KeelsonError('CONFLICT', { detail: 'the address has an account' });
    }
    const token = await parts.links.make(db, account.id, 'invite', email);
    await parts.audit.record(db, { event: 'invited', actor, subject: account.id, address: caller.address });
    await parts.mailer.send(parts.mails.invite(email, token), { in: db });
    return viewOf(account);
  });
}

/**
 * Accepts an invitation: the account gets its name and password, and its address is confirmed by the link. Signs nobody in.
 * @throws KeelsonError `INVALID_REQUEST` and `CONFLICT` (the link is then still good), `LINK_REJECTED`, `TOO_MANY_REQUESTS`
 */
export async function accept(
  parts: Parts,
  input: { readonly token: string; readonly name: string; readonly password: string },
  caller: Caller,
): Promise<{ readonly account: AccountView; readonly device: string }> {
  await parts.limiter.take(parts.limits.linkByNetwork, callerNetwork(caller.address));
  const called = attempt(() => normalizeName(input.name));
  const secret = attempt(() => checkPassword(input.password));
  refuseAll([called.complaint, secret.complaint]);
  const name = called.value ?? '';
  const passwordHash = await parts.hasher.hash(input.password);
  return inTransaction(parts, async (db) => {
    const { link, account } = await takeLink(parts, db, input.token, ['invite']);
    if (account.email !== link.email || account.confirmed_at !== null) throw rejected();
    const key = nameKey(name);
    if (await parts.names.isOfAnother(db, key, account.email)) throw nameTaken();
    await parts.links.endAll(db, account.id);
    const changes = { name, nameKey: key, passwordHash, role: parts.adminRole, confirmed: true } as const;
    const accepted = await parts.accounts.update(db, account.id, changes);
    await parts.audit.record(db, { event: 'invitation-accepted', actor: account.id, address: caller.address });
    return { account: viewOf(accepted), device: await parts.devices.add(db, account.id) };
  });
}
