import type { Generated, Kysely, Selectable } from 'kysely';

/** The tables as Kysely sees them; `migrations/` makes them. */
export interface Database {
  notes: NotesTable;
}

interface NotesTable {
  /** bigint: JavaScript cannot count that far, so it travels as a string. */
  id: Generated<string>;
  owner_iss: string;
  owner_sub: string;
  text: string;
  created_at: Generated<Date>;
}

export type Db = Kysely<Database>;
export type NoteRow = Pick<Selectable<NotesTable>, 'id' | 'text' | 'created_at'>;
