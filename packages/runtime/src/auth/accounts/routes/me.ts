import Type from 'typebox';
import { bodyLimit, caller, personOf, type RouteContext, type Routes } from './context.ts';
import { changes, ownAccount } from './schemas.ts';

const tags = ['accounts'];

/** One's own account. */
export function meRoutes(app: Routes, context: RouteContext): void {
  const { accounts } = context;
  app.get(
    '/auth/me',
    { auth: 'user', schema: { summary: 'My account', tags, response: { 200: ownAccount } } },
    async (request) => accounts.me(personOf(request).sub),
  );
  app.put(
    '/auth/me',
    {
      auth: 'user',
      bodyLimit,
      schema: { summary: 'Change my account', tags, body: changes, response: { 200: ownAccount } },
    },
    async (request) => accounts.changeMe(personOf(request).sub, request.body, caller(context, request)),
  );
  app.delete(
    '/auth/me',
    { auth: 'user', schema: { summary: 'Delete my account', tags, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await accounts.deleteMe(personOf(request).sub, caller(context, request));
      return reply.code(204).send(null);
    },
  );
}
