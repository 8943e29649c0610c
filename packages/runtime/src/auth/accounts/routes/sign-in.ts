import { bodyLimit, caller, remember, type RouteContext, type Routes } from './context.ts';
import { credentials, refreshToken, tokens } from './schemas.ts';
import Type from 'typebox';

const tags = ['accounts'];
const shared = { auth: 'public', bodyLimit } as const;

/** Tokens: how to get, renew and end them. Nothing here may be cached (RFC 6749, section 5.1). */
export function signInRoutes(app: Routes, context: RouteContext): void {
  const { accounts } = context;
  app.post(
    '/auth/login',
    { ...shared, schema: { summary: 'Sign in', tags, body: credentials, response: { 200: tokens } } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const from = caller(context, request, request.body.device_token);
      const signedIn = await accounts.signIn(request.body, from);
      remember(context, reply, signedIn.device);
      return signedIn.tokens;
    },
  );
  app.post(
    '/auth/refresh',
    {
      ...shared,
      schema: {
        summary: 'Exchange a refresh token, which works once',
        tags,
        body: refreshToken,
        response: { 200: tokens },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return accounts.refresh(request.body.refresh_token, caller(context, request));
    },
  );
  app.post(
    '/auth/logout',
    {
      ...shared,
      schema: {
        summary: 'End the session of a refresh token',
        tags,
        body: refreshToken,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await accounts.signOut(request.body.refresh_token, caller(context, request));
      return reply.code(204).send(null);
    },
  );
}
