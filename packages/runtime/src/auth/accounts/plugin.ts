import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import '../augment.ts';
import { bearerChallenge, bearerToken } from '../bearer.ts';
import { type Accounts, type AccountsOptions, createAccounts } from './accounts.ts';
import { adminRoutes } from './routes/admins.ts';
import type { Routes } from './routes/context.ts';
import { keySetRoute } from './routes/key-set.ts';
import { meRoutes } from './routes/me.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { signUpRoutes } from './routes/sign-up.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Accounts, where the plugin is registered: for routes of the service's own, such as an audit entry. */
    readonly accounts: Accounts;
  }
}

/**
 * Accounts over HTTP: `/auth/register`, `confirm`, `resend`, `forgot`, `reset`, `accept`, `login`, `refresh`, `logout`, `me`,
 * `admins`, `invite`, and `/.well-known/jwks.json`. Needs the `guard` plugin, to which it adds the authenticator that meets
 * the rules `'user'` and `{ role }` by `Authorization: Bearer`.
 *
 * The pages that mailed links lead to (`GET /auth/confirm`, `/auth/reset`, `/auth/accept`) are the service's own.
 */
export const accounts = fp(addAccounts, { name: 'keelson-accounts', fastify: '5.x', dependencies: ['keelson-guard'] });

async function addAccounts(app: FastifyInstance, options: AccountsOptions): Promise<void> {
  const made = createAccounts(options);
  app.decorate('accounts', made);
  app.addAuthenticator({
    kind: 'session',
    authenticate: (request) => {
      const token = bearerToken(request);
      return token === null ? null : made.authenticate(token);
    },
    challenge: bearerChallenge,
  });
  if (app.hasDecorator('describePeople')) app.describePeople('bearer');
  const context = { accounts: made, adminRole: options.adminRole ?? 'admin' };
  const routes = app as unknown as Routes;
  for (const add of [signUpRoutes, signInRoutes, meRoutes, adminRoutes, keySetRoute]) add(routes, context);
}
