import { bodyLimit, caller, remember, type RouteContext, type Routes } from './context.ts';
import { accepted, acceptance, account, address, done, linkToken, newPassword, registration } from './schemas.ts';

const tags = ['accounts'];
const shared = { auth: 'public', bodyLimit } as const;
const taken = { status: 'accepted' } as const;
const finished = { status: 'done' } as const;

/** Registration and everything that a mailed link does. */
export function signUpRoutes(app: Routes, context: RouteContext): void {
  const { accounts } = context;
  app.post(
    '/auth/register',
    {
      ...shared,
      schema: { summary: 'Register; a link comes by mail', tags, body: registration, response: { 202: accepted } },
    },
    async (request, reply) => {
      await accounts.register(request.body, caller(context, request));
      return reply.code(202).send(taken);
    },
  );
  app.post(
    '/auth/confirm',
    {
      ...shared,
      schema: { summary: 'Confirm an address by its link', tags, body: linkToken, response: { 200: done } },
    },
    async (request, reply) => {
      const { device } = await accounts.confirm(request.body.token, caller(context, request));
      remember(context, reply, device);
      return finished;
    },
  );
  app.post(
    '/auth/resend',
    { ...shared, schema: { summary: 'Mail a new link to confirm', tags, body: address, response: { 202: accepted } } },
    async (request, reply) => {
      await accounts.resend(request.body.email, caller(context, request));
      return reply.code(202).send(taken);
    },
  );
  app.post(
    '/auth/forgot',
    {
      ...shared,
      schema: { summary: 'Mail a link to choose a new password', tags, body: address, response: { 202: accepted } },
    },
    async (request, reply) => {
      await accounts.forgot(request.body.email, caller(context, request));
      return reply.code(202).send(taken);
    },
  );
  app.post(
    '/auth/reset',
    { ...shared, schema: { summary: 'Choose a new password', tags, body: newPassword, response: { 200: done } } },
    async (request, reply) => {
      const { device } = await accounts.reset(request.body, caller(context, request));
      remember(context, reply, device);
      return finished;
    },
  );
  app.post(
    '/auth/accept',
    { ...shared, schema: { summary: 'Accept an invitation', tags, body: acceptance, response: { 201: account } } },
    async (request, reply) => {
      const made = await accounts.accept(request.body, caller(context, request));
      remember(context, reply, made.device);
      return reply.code(201).send(made.account);
    },
  );
}
