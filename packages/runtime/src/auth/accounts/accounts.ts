import { currentBoot, type Boot } from '../../config/boot.ts';
import type { Log } from '../../log/log.ts';
import type { Person } from '../identity.ts';
import { createBackground } from './background.ts';
import { accept, invite } from './flows/invite.ts';
import { confirm, forgot, type Proven, resend, reset } from './flows/links.ts';
import { type AccountPage, deleteAccount, listAccounts, requireRole, setActive } from './flows/manage.ts';
import { type Changes, changeMe, deleteMe, me, type OwnView } from './flows/me.ts';
import { register, type Registration } from './flows/register.ts';
import { refresh, type SignedIn, signIn, signOut, type TokenAnswer } from './flows/sign-in.ts';
import type { AccountView } from './flows/view.ts';
import { withFallback } from './limits/fallback.ts';
import { createLimiter, type Limit, type LimitStore } from './limits/limiter.ts';
import { chooseLimits, type LimitName } from './limits/limits.ts';
import { localLimits } from './limits/local.ts';
import { postgresLimits } from './limits/postgres.ts';
import type { AccountMailer } from './mailer.ts';
import { type AccountPages, accountMails } from './mails.ts';
import type { Caller, Parts } from './parts.ts';
import { createHasher, type HasherOptions } from './passwords/hashing.ts';
import { type AccountSettings, readAccountSettings } from './settings.ts';
import { accountsTable } from './store/accounts.ts';
import { type Audit, auditTable } from './store/audit.ts';
import { createCleaner } from './store/clean.ts';
import type { Database } from './store/database.ts';
import { devicesTable } from './store/devices.ts';
import { linksTable } from './store/links.ts';
import { namesTable } from './store/names.ts';
import { sessionsTable } from './store/sessions.ts';
import { type TableOptions, tablesOf } from './store/tables.ts';
import { createAccessTokens } from './tokens/access-tokens.ts';
import { type ReadSigningKeys, signingKeys } from './tokens/signing-keys.ts';

export interface AccountsOptions extends TableOptions {
  /** The database with the tables of `createAccountTables`: what `postgres()` gives. */
  readonly store: Database;
  /** What `mailer()` gives. */
  readonly mailer: AccountMailer;
  /**
   * Role of whoever registers without an invitation. Give another one than `adminRole` where people register who are to
   * manage nothing. @default 'admin'
   */
  readonly role?: string;
  /** Role that may list, invite, disable and delete; the last one with it cannot be deleted. @default 'admin' */
  readonly adminRole?: string;
  /** What mails call the service. @default its host */
  readonly name?: string;
  /** Pages that mailed links lead to. */
  readonly pages?: AccountPages;
  /** Limits that differ from the defaults. */
  readonly limits?: Partial<Record<LimitName, Pick<Limit, 'max' | 'window'>>>;
  /** Where limits are counted. While it cannot be reached they are counted by this process. @default the database */
  readonly limitStore?: LimitStore;
  readonly hashing?: HasherOptions;
  /** Source of the environment. @default the service that is being set up, else `process.env` */
  readonly boot?: Boot;
}

/** Accounts without HTTP: each method is one thing that a person or an administrator does. */
export interface Accounts {
  readonly settings: AccountSettings;
  readonly audit: Audit;
  readonly keys: ReadSigningKeys;
  register(input: Registration, caller: Caller): Promise<void>;
  confirm(token: string, caller: Caller): Promise<Proven>;
  /** Resolves before the mail is written, as `forgot` does: `settled`. */
  resend(email: string, caller: Caller): Promise<void>;
  forgot(email: string, caller: Caller): Promise<void>;
  reset(input: { readonly token: string; readonly password: string }, caller: Caller): Promise<Proven>;
  signIn(input: { readonly email: string; readonly password: string }, caller: Caller): Promise<SignedIn>;
  refresh(refreshToken: string, caller: Caller): Promise<TokenAnswer>;
  signOut(refreshToken: string, caller: Caller): Promise<void>;
  /** The person an access token names; `null` when it is not valid. */
  authenticate(accessToken: string): Person | null | Promise<Person | null>;
  me(id: string): Promise<OwnView>;
  changeMe(id: string, changes: Changes, caller: Caller): Promise<OwnView>;
  deleteMe(id: string, caller: Caller): Promise<void>;
  list(page: { readonly limit: number; readonly offset: number }): Promise<AccountPage>;
  invite(input: { readonly email: string; readonly actor: string }, caller: Caller): Promise<AccountView>;
  accept(
    input: { readonly token: string; readonly name: string; readonly password: string },
    caller: Caller,
  ): Promise<{ readonly account: AccountView; readonly device: string }>;
  setActive(
    target: { readonly id: string; readonly actor: string },
    active: boolean,
    caller: Caller,
  ): Promise<AccountView>;
  delete(target: { readonly id: string; readonly actor: string }, caller: Caller): Promise<void>;
  /**
   * The id itself, when that account can still sign in and has the role: an access token outlives a change by minutes.
   * @throws KeelsonError `UNAUTHENTICATED`, `FORBIDDEN`
   */
  requireRole(id: string, role: string): Promise<string>;
  /** Resolves when the work that goes on after the answers to `resend` and `forgot` has ended. A service's stop waits for it. */
  settled(): Promise<void>;
  /** Passwords hashed so far, for a test of what a sign-in costs. */
  hashes(): number;
}

/**
 * Accounts of one's own: registration confirmed by mail, sign-in with a password (argon2id), access tokens (JWT) and
 * rotating refresh tokens.
 *
 * Reads `ACCOUNT_KEYS`, `ACCOUNT_REGISTRATION`, `ACCOUNT_DOMAINS`, `ACCOUNT_OPEN_TO_ANYONE`, `ADMIN_EMAIL`, `PUBLIC_URL`.
 */
export function createAccounts(options: AccountsOptions): Accounts {
  const parts = createParts(options);
  return Object.freeze({
    settings: parts.settings,
    audit: parts.audit,
    keys: parts.signingKeys,
    register: (input, caller) => register(parts, input, caller),
    confirm: (token, caller) => confirm(parts, token, caller),
    resend: (email, caller) => resend(parts, email, caller),
    forgot: (email, caller) => forgot(parts, email, caller),
    reset: (input, caller) => reset(parts, input, caller),
    signIn: (input, caller) => signIn(parts, input, caller),
    refresh: (refreshToken, caller) => refresh(parts, refreshToken, caller),
    signOut: (refreshToken, caller) => signOut(parts, refreshToken, caller),
    authenticate: (accessToken) => parts.accessTokens.verify(accessToken),
    me: (id) => me(parts, id),
    changeMe: (id, changes, caller) => changeMe(parts, id, changes, caller),
    deleteMe: (id, caller) => deleteMe(parts, id, caller),
    list: (page) => listAccounts(parts, page),
    invite: (input, caller) => invite(parts, input, caller),
    accept: (input, caller) => accept(parts, input, caller),
    setActive: (target, active, caller) => setActive(parts, target, active, caller),
    delete: (target, caller) => deleteAccount(parts, target, caller),
    requireRole: (id, role) => requireRole(parts, id, role),
    settled: () => parts.background.settled(),
    hashes: () => parts.hasher.computed,
  } satisfies Accounts);
}

function createParts(options: AccountsOptions): Parts & { readonly signingKeys: ReadSigningKeys } {
  const { store: db, mailer, role = 'admin', adminRole = 'admin' } = options;
  const boot = options.boot ?? currentBoot();
  const settings = readAccountSettings(boot);
  const tables = tablesOf(options);
  const keys = signingKeys(settings.keys);
  const log: Log = boot.log;
  const background = createBackground(log);
  boot.onClose(background.settled);
  const limitStore = options.limitStore ?? postgresLimits(db, tables);
  return Object.freeze({
    db,
    tables,
    accounts: accountsTable(tables),
    links: linksTable(tables),
    names: namesTable(tables),
    sessions: sessionsTable(tables),
    devices: devicesTable(tables),
    audit: auditTable(tables, log),
    mailer,
    mails: accountMails(() => settings.publicUrl.value(), options),
    hasher: createHasher(options.hashing),
    limiter: createLimiter(withFallback(limitStore, localLimits(), log)),
    limits: chooseLimits(options.limits),
    signingKeys: keys,
    accessTokens: createAccessTokens(keys, settings.publicUrl),
    settings,
    keys: settings.keys,
    publicUrl: settings.publicUrl,
    role,
    adminRole,
    background,
    clean: createCleaner(db, tables),
    log,
  });
}
