import type { App } from '@keelson/runtime';
import Type, { type Static } from 'typebox';
import type { Db, NoteRow } from './database.ts';
import { addNote, listNotes } from './notes-table.ts';
import { personOf } from './person.ts';

const Note = Type.Object({
  id: Type.String(),
  text: Type.String(),
  createdAt: Type.String({ description: 'ISO 8601, UTC' }),
});

const NewNote = Type.Object(
  // A note of spaces alone says nothing.
  { text: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' }) },
  { additionalProperties: false },
);

const NotePage = Type.Object({
  notes: Type.Array(Note),
  next: Type.Optional(Type.String({ description: 'Send it as `before` to read on; absent on the last page' })),
});

const PageQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    before: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$' })),
  },
  { additionalProperties: false },
);

const createNote = {
  summary: 'Writes a note of yours',
  description:
    'JSON is answered with the note; a form sent by a browser is answered with a redirect to the start page.',
  body: NewNote,
  response: { 201: Note, 303: Type.Null() },
};

const readNotes = {
  summary: 'Your notes, newest first',
  querystring: PageQuery,
  response: { 200: NotePage },
};

export function notes(app: App, db: Db): void {
  app.post('/notes', { schema: createNote, preValidation: useLineFeeds }, async (request, reply) => {
    const row = await addNote(db, personOf(request), request.body.text);
    if (isForm(request.headers['content-type'])) return reply.redirect('/', 303);
    return reply.code(201).send(asNote(row));
  });

  app.get('/notes', { schema: readNotes }, async (request) => {
    const { limit, ...page } = request.query;
    // One more than asked for tells whether there is a next page.
    const rows = await listNotes(db, personOf(request), { ...page, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return { notes: shown.map(asNote), ...(rows.length > limit && last && { next: last.id }) };
  });
}

function asNote({ id, text, created_at }: NoteRow): Static<typeof Note> {
  return { id, text, createdAt: created_at.toISOString() };
}

function isForm(contentType = ''): boolean {
  return contentType.startsWith('application/x-www-form-urlencoded');
}

/** A browser sends a line break in a form as CR LF, but its `maxlength` counts it as one character. */
async function useLineFeeds({ body }: { body: unknown }): Promise<void> {
  if (typeof body !== 'object' || body === null || !('text' in body) || typeof body.text !== 'string') return;
  body.text = body.text.replaceAll('\r\n', '\n');
}
