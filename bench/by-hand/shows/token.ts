import type { FastifyReply, FastifyRequest } from 'fastify';
import { createRemoteJWKSet, jwtVerify } from 'jose';

export interface TokenRules {
  readonly issuer: string;
  readonly clientIds: readonly string[];
  readonly scope: string;
}

/** An `onRequest` hook that verifies access tokens as Cognito makes them. */
export function requireToken({ issuer, clientIds, scope }: TokenRules) {
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));

  return async function tokenHook({ headers }: FastifyRequest, reply: FastifyReply) {
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    if (!token) return unauthorized(reply);
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        algorithms: ['RS256'],
        clockTolerance: 60,
        requiredClaims: ['exp'],
      });
      if (payload['token_use'] !== 'access' || !clientIds.includes(String(payload['client_id']))) {
        return unauthorized(reply);
      }
      if (!String(payload['scope']).split(' ').includes(scope)) return reply.code(403).send({ error: 'forbidden' });
      reply.header('cache-control', 'no-store');
    } catch {
      return unauthorized(reply);
    }
  };
}

function unauthorized(reply: FastifyReply) {
  return reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'unauthorized' });
}
