import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { KeelsonError } from '../../../errors/index.ts';
import { normalizeEmail } from '../email.ts';
import { attempt, refuseAll } from '../input.ts';
import { callerNetwork } from '../limits/address.ts';
import type { MailMessage } from '../mailer.ts';
import { nameKey, normalizeName } from '../name.ts';
import { type Caller, inTransaction, nameTaken, type Parts } from '../parts.ts';
import { checkPassword } from '../passwords/rules.ts';
import { domainOf } from '../settings.ts';
import type { Account } from '../store/accounts.ts';
import type { Executor } from '../store/database.ts';
import { secretsOf } from '../tokens/signing-keys.ts';

export interface Registration {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

interface Applicant {
  readonly email: string;
  readonly name: string;
  readonly nameKey: string;
  readonly passwordHash: string;
}

/**
 * Makes an account that waits to be confirmed, and mails the link. Whether the address has an account already shows in the
 * mail alone.
 * @throws KeelsonError `INVALID_REQUEST`, `CONFLICT` (the name is another's), `FORBIDDEN` (not one of the domains),
 *   `TOO_MANY_REQUESTS`, `OVERLOADED`
 */
export async function register(parts: Parts, input: Registration, caller: Caller): Promise<void> {
  await parts.limiter.take(parts.limits.registerByNetwork, callerNetwork(caller.address));
  const checked = checkInput(input);
  checkDomain(parts, checked.email);
  // Hashed in any case: a known address must not be answered sooner.
  const passwordHash = await parts.hasher.hash(input.password, saltFor(parts, checked.email));
  const applicant = { ...checked, nameKey: nameKey(checked.name), passwordHash };
  const mailAllowed = await parts.limiter.allows(parts.limits.registerMail, checked.email);
  await inTransaction(parts, async (db) => {
    await oneAtATime(parts, db);
    await parts.accounts.forgetUnconfirmed(db, parts.tables);
    const existing = await parts.accounts.lockByEmail(db, applicant.email);
    await checkName(parts, db, existing, applicant);
    // Without a mail a new link would only end the one that was mailed before.
    if (!mailAllowed) return;
    await parts.mailer.send(await decide(parts, db, existing, applicant, caller), { in: db });
  });
  parts.clean();
}

function checkInput({ email, name, password }: Registration): { readonly email: string; readonly name: string } {
  const address = attempt(() => normalizeEmail(email));
  const called = attempt(() => normalizeName(name));
  const secret = attempt(() => checkPassword(password));
  refuseAll([address.complaint, called.complaint, secret.complaint]);
  return { email: address.value ?? '', name: called.value ?? '' };
}

/** The list of domains is no secret, and the answer is the same whether or not the address has an account. */
function checkDomain({ settings }: Parts, email: string): void {
  if (settings.registration !== 'domain' || settings.domains.includes(domainOf(email))) return;
  throw new KeelsonError('FORBIDDEN', { detail: 'registration with an address of another domain than those listed' });
}

/**
 * The same registration sent again, because its answer was lost, gives the same hash: so a retry can be told from somebody
 * else who wants the name, without a second hash.
 */
function saltFor({ keys }: Parts, email: string): Uint8Array {
  const [secret = ''] = secretsOf(keys);
  return createHmac('sha256', secret).update(`keelson/1 registration ${email}`).digest().subarray(0, 16);
}

/** Registrations wait for each other: two at once must not both be the first, nor both take a name. */
async function oneAtATime({ tables }: Parts, db: Executor): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`keelson accounts ${tables.name}`}, 0))`.execute(db);
}

/** @throws KeelsonError `CONFLICT` */
async function checkName({ accounts }: Parts, db: Executor, existing: Account | undefined, applicant: Applicant) {
  const holder = await accounts.idOfName(db, applicant.nameKey);
  if (holder !== undefined && !isRetry(existing, holder, applicant)) throw nameTaken();
}

async function decide(
  parts: Parts,
  db: Executor,
  existing: Account | undefined,
  applicant: Applicant,
  caller: Caller,
): Promise<MailMessage> {
  const { mails } = parts;
  if (existing?.confirmed_at) {
    await parts.audit.record(db, { event: 'registration-repeated', subject: existing.id, address: caller.address });
    return mails.alreadyThere(applicant.email);
  }
  if (!(await mayRegister(parts, db, applicant.email))) {
    await parts.audit.record(db, { event: 'registration-refused', address: caller.address });
    return mails.byInvitation(applicant.email);
  }
  const account = existing ? await replace(parts, db, existing, applicant) : await insert(parts, db, applicant);
  await parts.audit.record(db, { event: 'registered', subject: account.id, address: caller.address });
  return mails.confirm(account.email, await parts.links.make(db, account.id, 'confirm', account.email));
}

function isRetry(existing: Account | undefined, holder: string, { passwordHash }: Applicant): boolean {
  return existing?.id === holder && existing.confirmed_at === null && existing.password_hash === passwordHash;
}

async function mayRegister({ settings, accounts }: Parts, db: Executor, email: string): Promise<boolean> {
  if (settings.registration !== 'first') return true;
  if (settings.adminEmail !== undefined && settings.adminEmail !== email) return false;
  return !(await accounts.hasOthers(db, email));
}

/** The newest registration counts, with its own password: the link of an older one is dead. An invitation's role is not its. */
function replace({ accounts, role }: Parts, db: Executor, { id }: Account, applicant: Applicant): Promise<Account> {
  const { name, nameKey: key, passwordHash } = applicant;
  return accounts.update(db, id, { name, nameKey: key, passwordHash, role });
}

async function insert({ accounts, role }: Parts, db: Executor, applicant: Applicant): Promise<Account> {
  const account = await accounts.insert(db, { ...applicant, role });
  if (!account) throw new KeelsonError('OVERLOADED', { detail: 'two registrations collided', retryAfter: 1 });
  return account;
}
