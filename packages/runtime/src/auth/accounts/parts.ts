import { KeelsonError } from '../../errors/index.ts';
import type { PublicUrl } from '../../config/public-url.ts';
import type { Secret } from '../../config/secret.ts';
import type { Log } from '../../log/log.ts';
import type { Background } from './background.ts';
import type { Limiter } from './limits/limiter.ts';
import type { Limits } from './limits/limits.ts';
import type { AccountMailer } from './mailer.ts';
import type { Mails } from './mails.ts';
import type { Hasher } from './passwords/hashing.ts';
import type { AccountSettings } from './settings.ts';
import type { AccountsTable } from './store/accounts.ts';
import type { Audit } from './store/audit.ts';
import type { Database, Executor } from './store/database.ts';
import type { Devices } from './store/devices.ts';
import type { Links } from './store/links.ts';
import type { Names } from './store/names.ts';
import type { Sessions } from './store/sessions.ts';
import type { Tables } from './store/tables.ts';
import type { AccessTokens } from './tokens/access-tokens.ts';

/** Everything the flows of accounts share. */
export interface Parts {
  readonly db: Database;
  readonly tables: Tables;
  readonly accounts: AccountsTable;
  readonly links: Links;
  readonly names: Names;
  readonly sessions: Sessions;
  readonly devices: Devices;
  readonly audit: Audit;
  readonly mailer: AccountMailer;
  readonly mails: Mails;
  readonly hasher: Hasher;
  readonly limiter: Limiter;
  readonly limits: Limits;
  readonly accessTokens: AccessTokens;
  readonly settings: AccountSettings;
  readonly keys: Secret;
  readonly publicUrl: PublicUrl;
  /** Role of whoever registers without being invited. */
  readonly role: string;
  /** Role that may manage accounts. */
  readonly adminRole: string;
  readonly background: Background;
  readonly clean: () => void;
  readonly log: Log;
}

/** Who sends a request, as far as limits and audit are concerned. */
export interface Caller {
  /** Client address; behind a load balancer the one it saw. */
  readonly address: string;
  /** Device token of an earlier sign-in. */
  readonly device?: string | undefined;
}

/** @throws KeelsonError `CONFLICT` when a name was taken at the same moment */
export async function inTransaction<T>({ db }: Parts, run: (transaction: Executor) => Promise<T>): Promise<T> {
  try {
    return await db.transaction().execute(run);
  } catch (error) {
    if (isTakenName(error)) throw nameTaken();
    throw error;
  }
}

/** A unique violation (SQLSTATE 23505) of the names' index. */
function isTakenName(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return false;
  return 'constraint' in error && String(error.constraint).endsWith('_name_key_key');
}

export function nameTaken(): KeelsonError {
  return new KeelsonError('CONFLICT', {
    detail: 'the name is taken',
    extensions: { errors: [{ path: 'body/name', message: 'is taken' }] },
  });
}
