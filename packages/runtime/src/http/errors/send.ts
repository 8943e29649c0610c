import type { FastifyReply, FastifyRequest } from 'fastify';
import { wantsPage } from '../../auth/wants-page.ts';
import type { Fault } from './fault.ts';
import { errorPage, errorPagePolicy } from './page.ts';
import { problemDocument, problemType } from './problem.ts';

/** Answers with a problem document, or with a page when a browser is loading one. Nothing of it may be cached. */
export function sendFault(fault: Fault, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.code(fault.status).headers(fault.headers).header('cache-control', 'no-store');
  if (wantsPage(request)) {
    reply.header('content-security-policy', errorPagePolicy).type('text/html; charset=utf-8');
    return reply.send(errorPage(fault, request.id));
  }
  // A string passes by the route's own response schemas.
  return reply.type(problemType).send(problemDocument(fault, request.id));
}
