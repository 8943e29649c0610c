import Type, { type TSchema } from 'typebox';
import { nullableInteger } from './nullable.ts';
import { Show } from './show.ts';

/** What one DynamoDB transaction writes. */
export const maxShows = 100;

const ignored = Type.Optional(
  nullableInteger({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Taken and not looked at' }),
);

const listOf = <Item extends TSchema>(item: Item) =>
  Type.Object({
    payload: Type.Array(item, { minItems: 1, maxItems: maxShows }),
    skip: ignored,
    take: ignored,
    totalRecords: ignored,
  });

/** What `POST /v1/shows` takes. */
export const Payload = listOf(Show);

/** The same without a look at the shows. */
export const Envelope = listOf(Type.Unknown());
