import { randomUUID } from 'node:crypto';
import { type QueryExecutorProvider, sql } from 'kysely';
import { KeelsonError } from '../errors/index.ts';
import type { CheckedMessage } from './message.ts';

/** A mail that this process alone may send until its lease is over. */
export interface ClaimedMail {
  readonly id: string;
  readonly claim: string;
  readonly messageId: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly createdAt: Date;
  /** This attempt counted. */
  readonly attempts: number;
}

export interface Postponed {
  readonly delay: number;
  readonly reason: string;
  /** The mail server could not be talked to, whatever the mail. */
  readonly unreachable: boolean;
}

/**
 * The table `keelson_mail`. Its only clock is the database's. A claimed row is due again when its lease is over, so what a
 * killed process held needs no one to clean up after it.
 */
export interface Outbox {
  /** Stores a mail. @returns the transaction it belongs to */
  add(message: CheckedMessage, messageId: string, executor?: QueryExecutorProvider): Promise<string>;
  /** Which of these transactions are over. */
  ended(transactions: readonly string[]): Promise<readonly string[]>;
  /**
   * Takes up to `limit` mails that are due; no other process gets them for `lease` milliseconds. One to each recipient, the
   * oldest, and none to those who are busy: of two links the newer one should not arrive first.
   */
  claim(limit: number, lease: number, busy: readonly string[]): Promise<readonly ClaimedMail[]>;
  /** Milliseconds to the next one; `undefined`: there is none. */
  untilNext(): Promise<number | undefined>;
  sent(mail: ClaimedMail): Promise<void>;
  postpone(mail: ClaimedMail, how: Postponed): Promise<void>;
  giveUp(mail: ClaimedMail, reason: string): Promise<void>;
  /** Gives a mail back that was not tried to the end. */
  release(mail: ClaimedMail): Promise<void>;
  /** Makes those due that waited for the mail server to be there. */
  hurry(): Promise<void>;
  /** Deletes what has been done with for some days. */
  clean(days: number): Promise<void>;
}

export function createOutbox(db: QueryExecutorProvider): Outbox {
  return {
    async add({ to, subject, text, html }, messageId, executor = db) {
      const { rows } = await sql<{ transaction: string }>`
        insert into keelson_mail (id, message_id, recipient, subject, text, html, created_at)
        values (${randomUUID()}, ${messageId}, ${to}, ${subject}, ${text}, ${html}, clock_timestamp())
        returning pg_current_xact_id()::text as transaction`
        .execute(executor)
        .catch(explain);
      return rows[0]?.transaction ?? '';
    },
    async ended(transactions) {
      const { rows } = await sql<{ id: string }>`
        select id from unnest(${transactions}::text[]) as id
        where pg_xact_status(id::xid8) is distinct from 'in progress'`.execute(db);
      return rows.map(({ id }) => id);
    },
    async claim(limit, lease, busy) {
      const claim = randomUUID();
      const { rows } = await sql<Omit<ClaimedMail, 'claim'>>`
        with due as materialized (
          select id from keelson_mail m
          where next_attempt_at <= now() and recipient <> all(${busy}) and not exists (
            select 1 from keelson_mail older where older.next_attempt_at <= now() and older.recipient = m.recipient
            and (older.created_at, older.id) < (m.created_at, m.id))
          order by next_attempt_at limit ${limit} for update skip locked)
        update keelson_mail m
        set claim = ${claim}, attempts = attempts + 1, next_attempt_at = now() + ${seconds(lease)}
        from due where m.id = due.id
        returning m.id, message_id as "messageId", recipient, subject, coalesce(text, '') as text,
                  coalesce(html, '') as html, created_at as "createdAt", attempts`
        .execute(db)
        .catch(explain);
      return rows.map((row) => ({ ...row, claim }));
    },
    async untilNext() {
      const { rows } = await sql<{ ms: number | null }>`
        select (extract(epoch from min(next_attempt_at) - now()) * 1000)::float8 as ms
        from keelson_mail where next_attempt_at is not null`.execute(db);
      return rows[0]?.ms ?? undefined;
    },
    // Whoever holds the claim by now: it has arrived.
    async sent({ id }) {
      await sql`
        update keelson_mail
        set sent_at = now(), next_attempt_at = null, claim = null, unreachable = false, last_error = null,
            text = null, html = null
        where id = ${id} and sent_at is null`.execute(db);
    },
    async postpone({ id, claim }, { delay, reason, unreachable }) {
      await sql`
        update keelson_mail
        set next_attempt_at = now() + ${seconds(delay)}, claim = null, last_error = ${reason},
            unreachable = ${unreachable}
        where id = ${id} and claim = ${claim}`.execute(db);
    },
    async giveUp({ id, claim }, reason) {
      await sql`
        update keelson_mail
        set given_up_at = now(), next_attempt_at = null, claim = null, last_error = ${reason}, text = null, html = null
        where id = ${id} and claim = ${claim}`.execute(db);
    },
    async release({ id, claim }) {
      await sql`
        update keelson_mail set next_attempt_at = now(), claim = null, attempts = attempts - 1
        where id = ${id} and claim = ${claim}`.execute(db);
    },
    async hurry() {
      await sql`
        update keelson_mail set next_attempt_at = now()
        where unreachable and claim is null and next_attempt_at > now()`.execute(db);
    },
    async clean(days) {
      await sql`
        delete from keelson_mail
        where next_attempt_at is null and created_at < now() - ${days}::int * interval '1 day'`.execute(db);
    },
  };
}

function seconds(milliseconds: number) {
  return sql`${milliseconds / 1000}::float8 * interval '1 second'`;
}

/** A table that is not there is no fault of the caller's; everything else goes on as it is. */
function explain(error: unknown): never {
  if (!(error instanceof Error && 'code' in error && error.code === '42P01')) throw error;
  throw new KeelsonError('DATABASE_UNAVAILABLE', {
    detail: 'The table `keelson_mail` is not there.',
    hint: 'Run `keelson migrate`; without Keelson’s migrations call createOutboxTable(db) in one of yours.',
    cause: error,
  });
}
