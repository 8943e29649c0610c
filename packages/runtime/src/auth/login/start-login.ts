import type { FastifyReply, FastifyRequest } from 'fastify';
import * as oidc from 'openid-client';
import { type Login, redirectUri, requestUrl } from './login.ts';
import { deadline } from './provider-fetch.ts';
import { leadsTo, parseReturnTo } from './return-to.ts';
import type { Transaction } from './transactions.ts';

/** `GET /login`: sends the browser to the provider (OpenID Connect Core, section 3.1.2.1, with PKCE, RFC 7636). */
export async function startLogin(login: Login, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const returnTo = chooseReturnTo(login, request);
  const transaction = createTransaction(returnTo);
  const address = await authorizationAddress(login, transaction, readLoginHint(login, request));
  await login.transactions.keep(request, reply, transaction);
  request.log.info({ event: 'sign-in-started' }, 'Login started');
  return reply.redirect(address.href, 302);
}

function chooseReturnTo(login: Login, request: FastifyRequest): string {
  const { defaultReturn, loginPath, logoutPath, callbackPath } = login.paths;
  const { origin, searchParams } = requestUrl(login, request);
  const returnTo = parseReturnTo(searchParams.get('return_to'), origin, defaultReturn);
  // Coming back to one of these would start all over again, or sign out.
  const own = leadsTo(new URL(returnTo, origin), [loginPath, logoutPath, callbackPath]);
  return own ? defaultReturn : returnTo;
}

function createTransaction(returnTo: string): Transaction {
  return {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
    returnTo,
    at: Date.now(),
  };
}

/** Characters of the longest email address, RFC 5321. */
const longestHint = 320;

/** Who is about to sign in, for the provider's form; of all the caller's parameters the only one that is handed on. */
function readLoginHint(login: Login, request: FastifyRequest): string | undefined {
  const [hint, ...more] = requestUrl(login, request).searchParams.getAll('login_hint');
  if (!hint || more.length > 0 || hint.length > longestHint || /\p{Cc}/u.test(hint)) return undefined;
  return hint;
}

async function authorizationAddress(
  login: Login,
  { state, nonce, verifier }: Transaction,
  loginHint: string | undefined,
): Promise<URL> {
  const configuration = await login.client.configuration(deadline());
  return oidc.buildAuthorizationUrl(configuration, {
    ...login.provider.authorizationParameters({ hostedDomain: login.hostedDomain }),
    ...(loginHint !== undefined && { login_hint: loginHint }),
    scope: login.provider.scope,
    redirect_uri: redirectUri(login).href,
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
}
