import type { FastifyReply, FastifyRequest } from 'fastify';
import { pagePolicy } from '../pages/html.ts';
import { logoutPage, signedOutPage } from '../pages/logout.ts';
import { acceptsHtml } from '../wants-page.ts';
import { describeError } from './failure.ts';
import { addressOf, type Login } from './login.ts';
import { deadline } from './provider-fetch.ts';
import { formActions } from './form-actions.ts';
import { checkSameOrigin } from './same-origin.ts';

/** `GET /logout`: asks. It changes nothing, because any page can have a browser send a GET. */
export async function askLogout(login: Login, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const person = await request.person();
  const { logoutPath, loginPath, defaultReturn } = login.paths;
  const body = person ? logoutPage(logoutPath, person.name ?? person.email, defaultReturn) : signedOutPage(loginPath);
  if (person) await login.client.metadata().catch(() => {});
  return reply
    .header('content-security-policy', pagePolicy(formActions(login)))
    .type('text/html; charset=utf-8')
    .send(body);
}

/** `POST /logout`: ends the session here, in the store before it is answered, and then at the provider. */
export async function logout(login: Login, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  checkSameOrigin(request, addressOf(login, '/').origin);
  await endSession(login, request, reply);
  const address = await providerLogout(login, request);
  if (!acceptsHtml(request) && request.headers.accept?.includes('application/json')) {
    return reply
      .code(200)
      .type('application/json; charset=utf-8')
      .send({ logoutUrl: address?.href ?? null });
  }
  return reply.redirect(address?.href ?? login.paths.logoutPath, 303);
}

async function endSession(login: Login, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const person = await request.person();
  if (!person) return login.sessions.clearCookie(reply);
  await login.sessions.end(reply, person);
  request.log.info({ event: 'sign-out', iss: person.iss, sub: person.sub }, 'Signed out');
}

/** Where the session at the provider ends; `undefined` when it cannot be ended, or the provider is not there to ask. */
async function providerLogout(login: Login, request: FastifyRequest): Promise<URL | undefined> {
  try {
    const metadata = await login.client.metadata(deadline());
    const returnTo = addressOf(login, login.paths.afterLogout).href;
    return login.provider.logoutUrl({ metadata, clientId: login.settings.clientId.value(), returnTo });
  } catch (error) {
    request.log.warn({ reason: describeError(error) }, 'Signed out here only: the provider cannot be reached');
    return undefined;
  }
}
