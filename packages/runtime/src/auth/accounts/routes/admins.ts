import Type from 'typebox';
import { bodyLimit, caller, personOf, type RouteContext, type Routes } from './context.ts';
import { account, accountId, accountPage, activity, address, page } from './schemas.ts';

const tags = ['accounts'];

/** What administrators do with accounts. */
export function adminRoutes(app: Routes, context: RouteContext): void {
  const { accounts, adminRole } = context;
  const auth = { role: adminRole };
  app.get(
    '/auth/admins',
    { auth, schema: { summary: 'List accounts', tags, querystring: page, response: { 200: accountPage } } },
    async (request) => {
      await accounts.requireRole(personOf(request).sub, adminRole);
      const { items, total } = await accounts.list(request.query);
      return { items: [...items], total };
    },
  );
  app.post(
    '/auth/invite',
    { auth, bodyLimit, schema: { summary: 'Invite by mail', tags, body: address, response: { 202: account } } },
    async (request, reply) => {
      const actor = await accounts.requireRole(personOf(request).sub, adminRole);
      const invited = await accounts.invite({ email: request.body.email, actor }, caller(context, request));
      return reply.code(202).send(invited);
    },
  );
  app.put(
    '/auth/admins/:id',
    {
      auth,
      bodyLimit,
      schema: {
        summary: 'Disable an account, or enable it again',
        tags,
        params: accountId,
        body: activity,
        response: { 200: account },
      },
    },
    async (request) => {
      const actor = await accounts.requireRole(personOf(request).sub, adminRole);
      return accounts.setActive({ id: request.params.id, actor }, request.body.active, caller(context, request));
    },
  );
  app.delete(
    '/auth/admins/:id',
    { auth, schema: { summary: 'Delete an account', tags, params: accountId, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const actor = await accounts.requireRole(personOf(request).sub, adminRole);
      await accounts.delete({ id: request.params.id, actor }, caller(context, request));
      return reply.code(204).send(null);
    },
  );
}
