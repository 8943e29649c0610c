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
import { registrationMail } from './links.ts';

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
 * mail alone. Of two registrations with different passwords neither counts: whose the address is chooses one by mail.
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
    await takeName(parts, db, existing, applicant);
    const mail = await decide(parts, db, { existing, applicant, mailAllowed }, caller);
    if (mail) await parts.mailer.send(mail, { in: db });
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

/**
 * Takes the name for the address, whether or not that has an account: otherwise a second registration would show it.
 * @throws KeelsonError `CONFLICT`
 */
async function takeName({ accounts, names }: Parts, db: Executor, existing: Account | undefined, applicant: Applicant) {
  const holder = await accounts.idOfName(db, applicant.nameKey);
  const own = holder === existing?.id && existing?.confirmed_at === null;
  if (holder !== undefined && !own) throw nameTaken();
  if (!(await names.reserve(db, applicant.nameKey, applicant.email))) throw nameTaken();
}

interface Case {
  readonly existing: Account | undefined;
  readonly applicant: Applicant;
  readonly mailAllowed: boolean;
}

/** Stores what is to be stored, also where no mail may be sent; the mail, where one may. */
async function decide(
  parts: Parts,
  db: Executor,
  { existing, applicant, mailAllowed }: Case,
  caller: Caller,
): Promise<MailMessage | undefined> {
  const mail = (message: MailMessage) => (mailAllowed ? message : undefined);
  const { mails } = parts;
  if (existing?.confirmed_at) {
    await parts.audit.record(db, { event: 'registration-repeated', subject: existing.id, address: caller.address });
    return mail(mails.alreadyThere(applicant.email));
  }
  if (!(await mayRegister(parts, db, applicant.email))) {
    await parts.audit.record(db, { event: 'registration-refused', address: caller.address });
    return mail(mails.byInvitation(applicant.email));
  }
  if (existing && isOfAnother(existing, applicant)) {
    await contest(parts, db, existing, applicant);
    await parts.audit.record(db, { event: 'registration-contested', subject: existing.id, address: caller.address });
    return mailAllowed ? registrationMail(parts, db, { ...existing, password_hash: null }) : undefined;
  }
  const account = existing ? await replace(parts, db, existing, applicant) : await insert(parts, db, applicant);
  await parts.audit.record(db, { event: 'registered', subject: account.id, address: caller.address });
  // Without a mail a new link would only end the one that was mailed before. A new account waits as long as its link.
  if (!mailAllowed && existing?.password_hash) return undefined;
  return mail(await registrationMail(parts, db, account));
}

/** Whether that registration was made with another password: by somebody else, perhaps. An invitation has none. */
function isOfAnother(existing: Account, { passwordHash }: Applicant): boolean {
  return existing.name !== null && existing.password_hash !== passwordHash;
}

/**
 * Nobody can tell whose registration the next click would confirm: no password counts any more, and no link that confirms
 * one, whether or not a mail may say so. A link to choose a password stays good: only who reads the mail has it.
 */
async function contest({ accounts, links }: Parts, db: Executor, { id }: Account, applicant: Applicant): Promise<void> {
  const { name, nameKey: key } = applicant;
  await accounts.update(db, id, { name, nameKey: key, passwordHash: null });
  await links.end(db, id, 'confirm');
}

async function mayRegister({ settings, accounts }: Parts, db: Executor, email: string): Promise<boolean> {
  if (settings.registration !== 'first') return true;
  if (settings.adminEmail !== undefined && settings.adminEmail !== email) return false;
  return !(await accounts.hasOthers(db, email));
}

/** Sent again, or in place of an invitation: the link of an older one is dead, and an invitation's role is not its. */
function replace({ accounts, role }: Parts, db: Executor, { id }: Account, applicant: Applicant): Promise<Account> {
  const { name, nameKey: key, passwordHash } = applicant;
  return accounts.update(db, id, { name, nameKey: key, passwordHash, role });
}

async function insert({ accounts, role }: Parts, db: Executor, applicant: Applicant): Promise<Account> {
  const account = await accounts.insert(db, { ...applicant, role });
  if (!account) throw new KeelsonError('OVERLOADED', { detail: 'two registrations collided', retryAfter: 1 });
  return account;
}
