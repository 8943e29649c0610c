import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { KeelsonError } from '../../../errors/index.ts';
import type { Person } from '../../identity.ts';
import type { Accounts } from '../accounts.ts';
import type { Caller } from '../parts.ts';
import { callerOf, keepDevice } from './device-cookie.ts';

export type Routes = FastifyInstance<
  FastifyInstance['server'],
  Parameters<FastifyInstance['routing']>[0],
  Parameters<FastifyInstance['routing']>[1],
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What the routes share. */
export interface RouteContext {
  readonly accounts: Accounts;
  readonly adminRole: string;
}

/** Bytes of a body. */
export const bodyLimit = 16 * 1024;

export function caller({ accounts }: RouteContext, request: FastifyRequest, deviceToken?: string): Caller {
  return callerOf(request, accounts.settings.publicUrl.value(), deviceToken);
}

export function remember({ accounts }: RouteContext, reply: FastifyReply, device: string): void {
  keepDevice(reply, accounts.settings.publicUrl.value(), device);
}

/** Who is signed in, as the route's rule demanded. */
export function personOf({ identity }: FastifyRequest): Person {
  if (identity?.kind !== 'person') throw new KeelsonError('UNAUTHENTICATED');
  return identity;
}
