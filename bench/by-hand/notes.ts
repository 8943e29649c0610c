import type { Pool } from 'pg';

interface Row {
  id: string;
  text: string;
  created_at: Date;
}

const note = {
  type: 'object',
  properties: { id: { type: 'string' }, text: { type: 'string' }, createdAt: { type: 'string' } },
};

export const notesSchema = {
  querystring: {
    type: 'object',
    additionalProperties: false,
    properties: {
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      before: { type: 'string', pattern: '^[0-9]{1,18}$' },
    },
  },
  response: {
    200: { type: 'object', properties: { notes: { type: 'array', items: note }, next: { type: 'string' } } },
  },
};

export async function listNotes(
  pool: Pool,
  iss: string,
  sub: string,
  { limit, before }: { limit: number; before?: string },
) {
  const older = before === undefined ? '' : 'and id < $4';
  const { rows } = await pool.query<Row>(
    `select id, text, created_at from notes where owner_iss = $1 and owner_sub = $2 ${older} order by id desc limit $3`,
    [iss, sub, limit + 1, ...(before === undefined ? [] : [before])],
  );
  const shown = rows.slice(0, limit);
  const notes = shown.map(({ id, text, created_at }) => ({ id, text, createdAt: created_at.toISOString() }));
  return { notes, next: rows.length > limit ? shown.at(-1)?.id : undefined };
}
