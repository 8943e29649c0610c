import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { KeelsonError } from '../../errors/index.ts';
import { clockTolerance, signatureAlgorithms } from '../keys/algorithms.ts';
import { sessionKey, subjectKey, unnamedKey } from '../session/revocations.ts';
import { askStore } from '../session/store-access.ts';
import { isIdentifier } from '../identifier.ts';
import { describeError, rejected } from './failure.ts';
import type { Login } from './login.ts';
import { deadline } from './provider-fetch.ts';

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * Takes a logout token of the provider and ends the session, or all sessions of the person, everywhere
 * (OpenID Connect Back-Channel Logout 1.0).
 */
export async function backchannelLogout(
  login: Login,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  try {
    const claims = await verifyLogoutToken(login, readLogoutToken(request));
    checkEvent(claims);
    checkNoNonce(claims);
    const keys = keysOf(claims);
    await consumeTokenId(login, claims);
    for (const key of keys) await login.sessions.revoke(key);
    request.log.info({ event: 'backchannel-sign-out', iss: claims.iss, sub: claims.sub }, 'Signed out by the provider');
    return reply.code(200).send();
  } catch (error) {
    if (!(error instanceof KeelsonError) || error.statusCode !== 400) throw error;
    request.log.warn({ event: 'backchannel-sign-out-failed', reason: error.message }, 'Logout token refused');
    return reply.code(400).send({ error: 'invalid_request', error_description: 'The logout token is not acceptable.' });
  }
}

function readLogoutToken({ body }: FastifyRequest): string {
  const tokens = body instanceof URLSearchParams ? body.getAll('logout_token') : [];
  if (tokens.length !== 1 || !tokens[0]) throw rejected('there is not exactly one logout_token');
  return tokens[0];
}

async function verifyLogoutToken(login: Login, token: string): Promise<JWTPayload> {
  const signal = deadline();
  const { issuer } = await login.client.metadata(signal);
  try {
    const { payload } = await jwtVerify(
      token,
      login.client.keys.source(() => signal),
      {
        issuer,
        audience: login.settings.clientId.value(),
        algorithms: signatureAlgorithms,
        // The explicit type keeps ID tokens and access tokens of the same issuer out.
        typ: 'logout+jwt',
        clockTolerance,
        requiredClaims: ['iss', 'aud', 'iat', 'exp', 'jti', 'events'],
      },
    );
    return payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw rejected(`the logout token is not acceptable: ${describeError(error)}`);
  }
}

function checkEvent({ events, iat = 0 }: JWTPayload): void {
  const event: unknown = isRecord(events) ? events[logoutEvent] : undefined;
  if (!isRecord(event)) throw rejected('the logout token is about another event');
  if (iat > Date.now() / 1_000 + clockTolerance) throw rejected('the logout token was issued in the future');
}

function checkNoNonce(claims: JWTPayload): void {
  if ('nonce' in claims) throw rejected('a logout token has no nonce');
}

/**
 * A `sid` names one session at the provider, with those of the person that came without one; without it every session
 * of the person ends.
 */
function keysOf({ iss, sub, sid }: JWTPayload): string[] {
  if (iss === undefined) throw rejected('the logout token names no issuer');
  const person = sub === undefined || isIdentifier(sub);
  if (person && isIdentifier(sid)) return [sessionKey(iss, sid), ...(sub === undefined ? [] : [unnamedKey(iss, sub)])];
  if (sid === undefined && isIdentifier(sub)) return [subjectKey(iss, sub)];
  throw rejected('the logout token names neither a session nor a person');
}

async function consumeTokenId(login: Login, { iss, jti, exp = 0 }: JWTPayload): Promise<void> {
  if (!isIdentifier(jti)) throw rejected('the logout token has no usable jti');
  const forgotten = new Date((exp + clockTolerance + 1) * 1_000);
  if (!(await askStore(() => login.store.consume(`jti|${iss}|${jti}`, forgotten)))) {
    throw rejected('the logout token was used before');
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
