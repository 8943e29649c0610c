import type { Db, NoteRow } from './database.ts';

/** Whose notes: a person is the issuer and the subject together, never an email address. */
export interface Owner {
  readonly iss: string;
  readonly sub: string;
}

const columns = ['id', 'text', 'created_at'] as const;

export function addNote(db: Db, owner: Owner, text: string): Promise<NoteRow> {
  return db
    .insertInto('notes')
    .values({ owner_iss: owner.iss, owner_sub: owner.sub, text })
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** The owner's notes, newest first; with `before`, those older than that note. */
export function listNotes(db: Db, owner: Owner, page: { limit: number; before?: string }): Promise<NoteRow[]> {
  let query = db
    .selectFrom('notes')
    .select(columns)
    .where('owner_iss', '=', owner.iss)
    .where('owner_sub', '=', owner.sub)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  return query.execute();
}
