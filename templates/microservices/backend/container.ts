import { hostname } from 'node:os';
import type { App } from '@keelson/runtime';
import Type from 'typebox';
import { ownAddress } from './own-address.ts';

const schema = {
  summary: 'Which container answers',
  response: {
    200: Type.Object({
      hostname: Type.String({ description: 'As the container knows itself' }),
      ip: Type.String({ format: 'ipv4', description: 'IPv4 address in its network' }),
      status: Type.Literal('active'),
    }),
  },
};

/** Without the slash too: people type it so, and a redirect would only be a second request. */
export function container(app: App): void {
  for (const path of ['/api/', '/api']) {
    app.get(path, { auth: 'public', schema }, async (_request, reply) => {
      // The next request may be answered by another container.
      reply.header('cache-control', 'no-store');
      return { hostname: hostname(), ip: ownAddress(), status: 'active' as const };
    });
  }
}
