import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import { admit } from './admit.ts';
import './augment.ts';
import type { Authenticator } from './authenticator.ts';
import { checkRules } from './check-rules.ts';
import { rememberReply, visitorLookup, visitorOf } from './visitor.ts';

const guardMark = Symbol('keelson.guard');

/**
 * Asks every route who may call it, in a hook of that route: never by path, so no spelling of a path goes around it.
 * A route without `auth` needs a signed-in person; HEAD routes follow their GET.
 * A route whose rule nobody could meet, because no authenticator of the fitting kind was added, fails the boot.
 */
export const guard = fp(guardRoutes, { name: 'keelson-guard', fastify: '5.x' });

async function guardRoutes(app: FastifyInstance): Promise<void> {
  const authenticators: Authenticator[] = [];
  const routes: RouteOptions[] = [];

  app.decorate('addAuthenticator', (authenticator: Authenticator) => void authenticators.push(authenticator));
  app.decorateRequest('identity', null);
  app.decorateRequest('person', visitorLookup(app, authenticators));
  app.addHook('onRoute', (route) => {
    routes.push(route);
    guardRoute(route, authenticators);
  });
  app.addHook('onSend', forbidStoring);
  app.addHook('onReady', async () => checkRules(routes, authenticators));
}

function guardRoute(route: RouteOptions, authenticators: readonly Authenticator[]): void {
  const others = [route.onRequest ?? []].flat().filter((hook) => !(guardMark in hook));
  // The rule is read when a request comes: onRoute hooks of the route's own plugin, which run later, may still set it.
  const hook = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    const rule = route.auth ?? 'user';
    rememberReply(request, reply);
    if (rule === 'public') return done();
    reply.header('cache-control', 'no-store');
    admit(rule, authenticators, request, reply, done);
  };
  route.onRequest = [Object.assign(hook, { [guardMark]: true }), ...others];
}

/** What was made for one person, or hands out a cookie, must not lie in a cache when that person has left. */
function forbidStoring(request: FastifyRequest, reply: FastifyReply, _payload: unknown, done: () => void): void {
  if (request.identity !== null || visitorOf(request) !== null || reply.hasHeader('set-cookie')) {
    reply.header('cache-control', 'no-store');
  }
  done();
}
