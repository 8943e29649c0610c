import { KeelsonError } from '../../../errors/index.ts';
import { normalizeEmail } from '../email.ts';
import { attempt } from '../input.ts';
import { callerNetwork } from '../limits/address.ts';
import type { Limit } from '../limits/limiter.ts';
import { type Caller, inTransaction, type Parts } from '../parts.ts';
import { type Account, isActive } from '../store/accounts.ts';
import type { Session } from '../store/sessions.ts';
import { hashOf } from '../tokens/random.ts';
import { accessTokenLifetime } from '../tokens/access-tokens.ts';

/** What a client gets, as OAuth 2.0 names it (RFC 6749, section 5.1). */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  /** Seconds the access token is good for. */
  readonly expires_in: number;
  readonly token_type: 'Bearer';
}

export interface SignedIn {
  readonly tokens: TokenAnswer;
  /** Token of this device, for the next sign-in; it gives no access. */
  readonly device: string;
}

/**
 * Signs a person in. An unknown address, a wrong password, an account that is not confirmed or disabled: all are refused in
 * the same words after the same work.
 * @throws KeelsonError `CREDENTIALS_REJECTED`, `TOO_MANY_REQUESTS`, `OVERLOADED`
 */
export async function signIn(
  parts: Parts,
  { email: text, password }: { readonly email: string; readonly password: string },
  caller: Caller,
): Promise<SignedIn> {
  const email = attempt(() => normalizeEmail(text)).value ?? '';
  const account = await parts.accounts.byEmail(parts.db, email);
  const taken = await takeLimits(parts, email, account, caller);
  const right = await parts.hasher.verify(account?.password_hash, password);
  if (!account || !right || !isActive(account)) throw await failed(parts, account, caller);
  const { session, device } = await begin(parts, account, caller);
  for (const [limit, subject] of taken) await parts.limiter.giveBack(limit, subject);
  parts.clean();
  return { tokens: await answer(parts, account, session), device };
}

type TakenLimit = readonly [limit: Limit, subject: string];

/**
 * Counted before the password is looked at, so that guesses at once are all counted. Guesses of strangers bind strangers:
 * who comes from a device that signed in to this account before has a limit of their own.
 */
async function takeLimits(
  { limiter, limits, devices, db, log }: Parts,
  email: string,
  account: Account | undefined,
  { address, device }: Caller,
): Promise<readonly TakenLimit[]> {
  const network = callerNetwork(address);
  const taken: TakenLimit[] = (await devices.knows(db, device, account?.id))
    ? [[limits.signInByDevice, hashOf(device ?? '').toString('base64url')]]
    : [
        [limits.signInByNetwork, network],
        [limits.signInByAccount, email],
      ];
  try {
    for (const [limit, subject] of taken) await limiter.take(limit, subject);
  } catch (error) {
    // To the log alone: a flood must not fill the audit table.
    log.warn({ event: 'sign-in-limited', subject: account?.id, address }, 'Sign-in refused for too many failures');
    throw error;
  }
  return taken;
}

async function begin(parts: Parts, account: Account, caller: Caller) {
  const begun = await inTransaction(parts, async (db) => {
    const session = await parts.sessions.begin(db, account);
    if (!session) return undefined;
    const known = await parts.devices.knows(db, caller.device, account.id);
    const device = known && caller.device !== undefined ? caller.device : await parts.devices.add(db, account.id);
    await parts.audit.record(db, { event: 'sign-in', actor: account.id, address: caller.address });
    return { session, device };
  });
  // The password was changed, or the account disabled, while it was being checked.
  if (!begun) throw await failed(parts, account, caller);
  return begun;
}

async function failed(parts: Parts, account: Account | undefined, caller: Caller): Promise<KeelsonError> {
  await parts.audit.record(parts.db, { event: 'sign-in-failed', subject: account?.id, address: caller.address });
  return new KeelsonError('CREDENTIALS_REJECTED');
}

/**
 * A new access token and the next refresh token for this one.
 * @throws KeelsonError `UNAUTHENTICATED`
 */
export async function refresh(parts: Parts, refreshToken: string, caller: Caller): Promise<TokenAnswer> {
  const rotated = await inTransaction(parts, async (db) => {
    const session = await parts.sessions.rotate(db, refreshToken);
    const account = session && (await parts.accounts.byId(db, session.accountId));
    if (!session || !account || !isActive(account)) return undefined;
    return { account, session };
  });
  parts.clean();
  if (rotated) return answer(parts, rotated.account, rotated.session);
  const { misuse, accountId } = await parts.sessions.explain(parts.db, refreshToken);
  const event = misuse === 'reuse' ? 'refresh-token-reused' : 'refresh-failed';
  await parts.audit.record(parts.db, { event, subject: accountId, address: caller.address, detail: { misuse } });
  throw new KeelsonError('UNAUTHENTICATED', { headers: { 'www-authenticate': 'Bearer' } });
}

/** Ends the session that a refresh token belongs to, if there is one. */
export async function signOut(parts: Parts, refreshToken: string, caller: Caller): Promise<void> {
  const accountId = await parts.sessions.endByToken(parts.db, refreshToken);
  if (accountId === undefined) return;
  await parts.audit.record(parts.db, { event: 'sign-out', actor: accountId, address: caller.address });
}

async function answer(parts: Parts, account: Account, session: Session): Promise<TokenAnswer> {
  return {
    access_token: await parts.accessTokens.sign(account, session.id),
    refresh_token: session.refreshToken,
    expires_in: accessTokenLifetime,
    token_type: 'Bearer',
  };
}
