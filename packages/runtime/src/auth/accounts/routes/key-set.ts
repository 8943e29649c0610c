import type { RouteContext, Routes } from './context.ts';
import { jwks } from './schemas.ts';

/** Seconds; a rotation puts the new key in front of the old one, which goes on being published. */
const maxAge = 300;

/** The public keys of the access tokens (RFC 7517), for other services that are to check them. */
export function keySetRoute(app: Routes, { accounts }: RouteContext): void {
  app.get(
    '/.well-known/jwks.json',
    { auth: 'public', schema: { summary: 'Keys of the access tokens', tags: ['accounts'], response: { 200: jwks } } },
    async (_request, reply) => {
      const { byKid } = await accounts.keys();
      reply.header('cache-control', `public, max-age=${maxAge}`);
      return { keys: [...byKid.values()].map(({ jwk }) => jwk) };
    },
  );
}
