import type { FastifyRequest } from 'fastify';
import { KeelsonError } from '../../errors/index.ts';

/**
 * Refuses a request that another site had the browser send. The HTTP plugin does this for every unsafe request; it is
 * repeated here because the login plugin works without it.
 * @throws KeelsonError `CROSS_SITE_REQUEST`
 */
export function checkSameOrigin(request: FastifyRequest, own: string): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const foreign =
    site === undefined ? origin !== undefined && origin !== own : site !== 'same-origin' && site !== 'none';
  if (foreign) throw new KeelsonError('CROSS_SITE_REQUEST', { detail: 'the request was started by another site' });
}
