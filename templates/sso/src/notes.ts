import type { ServiceApp } from '@keelson/runtime';
import Type, { type Static } from 'typebox';
import type { Db, NoteRow } from './database.ts';
import { addNote, listNotes } from './notes-table.ts';

const Note = Type.Object({
  id: Type.String(),
  text: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
});

const NewNote = Type.Object(
  // PostgreSQL cannot store NUL, and a note of spaces alone says nothing.
  { text: Type.String({ minLength: 1, maxLength: 1000, pattern: '^[^\\u0000]*\\S[^\\u0000]*$' }) },
  { additionalProperties: false },
);

const NotePage = Type.Object({
  notes: Type.Array(Note),
  /** Give it as `before` to read on; absent on the last page. */
  next: Type.Optional(Type.String()),
});

const PageQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    before: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$' })),
  },
  { additionalProperties: false },
);
