import type { App } from '@keelson/runtime';
import type { Identity } from '@keelson/runtime/session';
import type { Db, Executor, User } from './database.ts';

interface ChangeRequest {
  readonly identity: Identity | null;
  readonly ip: string;
}

/** Writes to the users, and who did it to the audit table: both, or neither. */
export type Change = (
  request: ChangeRequest,
  event: string,
  write: (transaction: Executor) => Promise<User>,
) => Promise<User>;

export function changing({ accounts }: App, db: Db): Change {
  return async ({ identity, ip }, event, write) => {
    if (identity?.kind !== 'person') throw new Error('a route that changes users was opened to others');
    // Asked of the database: an access token outlives by minutes that its owner was disabled.
    const actor = await accounts.requireRole(identity.sub, 'admin');
    return db.transaction().execute(async (transaction) => {
      const user = await write(transaction);
      await accounts.audit.record(transaction, { event, actor, subject: String(user.id), address: ip });
      return user;
    });
  };
}
