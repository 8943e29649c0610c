import type { App } from '@keelson/runtime';
import { normalizeEmail } from '@keelson/runtime/accounts';
import Type, { type Static } from 'typebox';
import { type Change, changing } from './changing.ts';
import type { Db } from './database.ts';
import { NewUser, PageQuery, User, UserChanges, UserPage, WithId } from './user-schemas.ts';
import { deleteUser, findUser, insertUser, listUsers, updateUser } from './users-table.ts';

const auth = { role: 'admin' };
const tags = ['users'];

/** The users, for administrators: `/user?id=` as clients of the original service call it, and `/users/{id}`. */
export function users(app: App, db: Db): void {
  const change = changing(app, db);
  list(app, db);
  for (const path of ['/user', '/users']) create(app, path, change);
  for (const form of forms) {
    read(app, db, form);
    update(app, form, change);
    remove(app, form, change);
  }
}

function list(app: App, db: Db): void {
  const schema = { summary: 'Users, newest first', tags, querystring: PageQuery, response: { 200: UserPage } };
  app.get('/users', { auth, schema }, async ({ query: { limit, cursor, search } }) => {
    // One more than asked for tells whether there is a next page.
    const found = await listUsers(db, {
      limit: limit + 1,
      ...(cursor !== undefined && { before: Number(cursor) }),
      ...(search !== undefined && { search }),
    });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return { users: shown, ...(found.length > limit && last && { cursor: String(last.id) }) };
  });
}

function create(app: App, path: string, change: Change): void {
  const schema = {
    summary: 'Create a user',
    description: '409 when the address has a user, however it is spelled.',
    tags,
    body: NewUser,
    response: { 201: User },
  };
  app.post(path, { auth, schema }, async (request, reply) => {
    const email = normalizeEmail(request.body.email);
    const user = await change(request, 'user-created', (db) => insertUser(db, email));
    return reply.code(201).send(user);
  });
}

/** Where the id is: in the query, or in the path. Both were checked by the route's schema. */
const forms = [
  { path: '/user', where: { querystring: WithId } },
  { path: '/users/:id', where: { params: WithId } },
] as const;

type Form = (typeof forms)[number];

function idOf({ query, params }: { query: unknown; params: unknown }): number {
  return (Object.assign({}, query, params) as Static<typeof WithId>).id;
}

function read(app: App, db: Db, { path, where }: Form): void {
  const schema = { summary: 'One user', tags, ...where, response: { 200: User } };
  app.get(path, { auth, schema }, (request) => findUser(db, idOf(request)));
}

function update(app: App, { path, where }: Form, change: Change): void {
  const schema = { summary: 'Change a user', tags, ...where, body: UserChanges, response: { 200: User } };
  app.put(path, { auth, schema }, (request) => {
    const { email, active } = request.body;
    const changes = {
      ...(email !== undefined && { email: normalizeEmail(email) }),
      ...(active !== undefined && { active }),
    };
    return change(request, 'user-changed', (db) => updateUser(db, idOf(request), changes));
  });
}

function remove(app: App, { path, where }: Form, change: Change): void {
  const schema = { summary: 'Delete a user', tags, ...where, response: { 204: Type.Null() } };
  app.delete(path, { auth, schema }, async (request, reply) => {
    await change(request, 'user-deleted', (db) => deleteUser(db, idOf(request)));
    return reply.code(204).send(null);
  });
}
