import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from './authenticator.ts';
import type { Person } from './identity.ts';

const replySlot: unique symbol = Symbol('keelson.reply');
const visitorSlot: unique symbol = Symbol('keelson.visitor');

declare module 'fastify' {
  interface FastifyRequest {
    [replySlot]: FastifyReply | null;
    [visitorSlot]: Person | null;
  }
}

/** Makes `request.person()`. */
export function visitorLookup(app: FastifyInstance, authenticators: readonly Authenticator[]) {
  app.decorateRequest(replySlot, null);
  app.decorateRequest(visitorSlot, null);
  return async function person(this: FastifyRequest): Promise<Person | null> {
    if (this.identity?.kind === 'person') return this.identity;
    const reply = this[replySlot];
    if (this[visitorSlot] !== null || reply === null) return this[visitorSlot];
    this[visitorSlot] = await findPerson(authenticators, this, reply);
    return this[visitorSlot];
  };
}

/** `person()` may renew the session cookie, which belongs on the answer. */
export function rememberReply(request: FastifyRequest, reply: FastifyReply): void {
  request[replySlot] = reply;
}

/** The person that `person()` found, if it was asked. */
export function visitorOf(request: FastifyRequest): Person | null {
  return request[visitorSlot];
}

async function findPerson(
  authenticators: readonly Authenticator[],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Person | null> {
  for (const authenticator of authenticators) {
    if (authenticator.kind !== 'session') continue;
    const identity = await authenticator.authenticate(request, reply);
    if (identity?.kind === 'person') return identity;
  }
  return null;
}
