import { type App, KeelsonError } from '@keelson/runtime';
import { ItemExistsError, type Table } from '@keelson/runtime/table';
import Type from 'typebox';
import { named, problemsOf } from './check-shows.ts';
import { Payload } from './payload.ts';
import type { Show } from './show.ts';
import { type StoredShow, toStored } from './stored-show.ts';

const schema = {
  summary: 'Creates shows: all of them, or none',
  description:
    'Fields other than slug and title are optional and may be null; unknown ones are dropped. 400 names every invalid show and every slug that is there twice, 409 the slugs that exist already.',
  body: Payload,
  response: { 201: Type.Object({ message: Type.String() }) },
};

/** `POST /v1/shows` */
export function createShows(app: App, path: string, shows: Table<StoredShow>): void {
  const options = { auth: { scopes: ['shows.write'] }, schema, preValidation: checkPayload };
  app.post(path, options, async (request, reply) => {
    const { payload } = request.body;
    await shows.createAll(payload.map(toStored)).catch((error: unknown) => {
      throw error instanceof ItemExistsError ? existing(error, payload) : error;
    });
    return reply.code(201).send({ message: 'Shows created successfully' });
  });
}

async function checkPayload({ body }: { body: unknown }): Promise<void> {
  const errors = problemsOf(body);
  if (errors.length > 0) throw new KeelsonError('INVALID_REQUEST', { extensions: { errors } });
}

function existing(error: ItemExistsError, payload: readonly Show[]): KeelsonError {
  const slugs = new Set(error.keys.map((key) => key['slug']));
  const errors = payload.flatMap((show, index) =>
    slugs.has(show.slug) ? [named(index, show, 'exists already', '/slug')] : [],
  );
  return new KeelsonError('CONFLICT', { extensions: { errors } });
}
