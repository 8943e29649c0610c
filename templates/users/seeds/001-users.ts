import type { Kysely } from 'kysely';
import type { Database } from '../src/database.ts';

const names = ['ada', 'alan', 'barbara', 'dennis', 'edsger', 'grace', 'hedy', 'katherine', 'ken', 'margaret'];

/** Users to try the service with. It may run many times: who is there already is left alone. */
export default async function seed(db: Kysely<Database>): Promise<void> {
  await db
    .insertInto('users')
    .values(names.map((name) => ({ email: `${name}@example.com` })))
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute();
}
