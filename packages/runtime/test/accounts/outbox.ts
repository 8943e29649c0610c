import type { AccountMailer } from '@keelson/runtime/accounts';
import { sql } from 'kysely';

/** Mails that were sent by transactions that committed: they wait in a table, as in the real outbox. */
export function outbox(): AccountMailer {
  return {
    send: async (message, options) => {
      if (!options?.in) throw new Error('a mail belongs to a transaction');
      await sql`insert into mails (message) values (${JSON.stringify(message)})`.execute(options.in);
    },
  };
}
