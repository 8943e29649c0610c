import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorRegistry, KeelsonError } from '../../errors/index.ts';
import { pagePolicy } from '../pages/html.ts';
import { loginFailedPage } from '../pages/login-failed.ts';
import { acceptsHtml } from '../wants-page.ts';
import { backchannelLogout } from './backchannel-logout.ts';
import { finishLogin } from './callback.ts';
import type { Login } from './login.ts';
import { askLogout, logout } from './logout.ts';
import { startLogin } from './start-login.ts';

type Endpoint = (login: Login, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Bytes of a body. */
const bodyLimit = 64 * 1024;

/** The routes of the login, in a scope of their own: their bodies are forms and their errors are pages. */
export async function loginRoutes(app: FastifyInstance, { login }: { readonly login: Login }): Promise<void> {
  const { loginPath, callbackPath, logoutPath, backchannelPath } = login.paths;
  takeFormsOnly(app);
  app.setErrorHandler((error: FastifyError, request, reply) => showError(login, error, request, reply));
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store');
    done();
  });
  const run = (endpoint: Endpoint) => (request: FastifyRequest, reply: FastifyReply) => endpoint(login, request, reply);
  const options = { auth: 'public', bodyLimit, exposeHeadRoute: false, schema: { hide: true } } as const;
  app.get(loginPath, options, run(startLogin));
  app.get(callbackPath, options, run(finishLogin));
  app.get(logoutPath, options, run(askLogout));
  app.post(logoutPath, options, run(logout));
  app.post(backchannelPath, options, run(backchannelLogout));
}

function takeFormsOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  // A script's POST /logout may carry an empty JSON document; nothing reads it.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, _body, done) => done(null, undefined));
}

/** A person gets a page with a way out; every other caller what the service answers elsewhere. */
function showError(login: Login, error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!(error instanceof KeelsonError)) throw error;
  logFailure(login, error, request);
  if (!acceptsHtml(request)) throw error;
  if (error.retryAfter !== undefined) reply.header('retry-after', String(error.retryAfter));
  const { providerError, hostedDomain } = error.extensions;
  const page = loginFailedPage({
    title: request.routeOptions.url === login.paths.logoutPath ? 'That did not work' : 'You are not signed in',
    message: errorRegistry[error.code].message,
    reason: textOf(providerError),
    hostedDomain: textOf(hostedDomain),
    requestId: request.id,
    again: login.paths.loginPath,
  });
  return reply
    .code(error.statusCode)
    .header('content-security-policy', pagePolicy())
    .type('text/html; charset=utf-8')
    .send(page);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function logFailure(login: Login, error: KeelsonError, request: FastifyRequest): void {
  const { logoutPath, backchannelPath } = login.paths;
  const leaving = [logoutPath, backchannelPath].includes(request.routeOptions.url ?? '');
  const event = leaving ? 'sign-out-failed' : 'sign-in-failed';
  const fields = { event, code: error.code, reason: error.message, hint: error.hint };
  if (error.statusCode >= 500) request.log.error(fields, 'Login is not available');
  else request.log.warn(fields, 'Login refused');
}
