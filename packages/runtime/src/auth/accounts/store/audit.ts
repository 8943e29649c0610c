import { sql } from 'kysely';
import type { Log } from '../../../log/log.ts';
import type { Executor } from './database.ts';
import type { Tables } from './tables.ts';

/** One line of the audit table. Names nobody by email, and holds no secret. */
export interface AuditEntry {
  /** `sign-in`, `sign-in-failed`, `password-changed` … */
  readonly event: string;
  /** Id of the account that did it; absent for a stranger. */
  readonly actor?: string | undefined;
  /** Id of what it was done to. */
  readonly subject?: string | undefined;
  /** Client address. */
  readonly address?: string | undefined;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface Audit {
  /** Writes it down, in the caller's transaction where it has one, and logs it. */
  record(db: Executor, entry: AuditEntry): Promise<void>;
}

export function auditTable({ audit }: Pick<Tables, 'audit'>, log: Log): Audit {
  return {
    record: async (db, { event, actor, subject, address, detail }) => {
      log.info({ event, actor, subject, address, ...detail }, 'Account event');
      await sql`
        insert into ${audit} (event, actor_id, subject_id, address, detail)
        values (${event}, ${actor ?? null}, ${subject ?? null}, ${address ?? null},
                ${detail === undefined ? null : JSON.stringify(detail)}::jsonb)`.execute(db);
    },
  };
}
