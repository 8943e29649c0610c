import type { Server } from 'node:http';
import { listenOnLoopback } from './loopback.ts';
import { UserError } from '../user-error.ts';

export interface PortWish {
  /** `0`: any free one. */
  readonly port: number;
  /** Why no other port will do, for the error when it is taken; absent: the next free one is taken. */
  readonly fixed?: { readonly why: string };
}

/** @returns the port. @throws UserError when a fixed port is taken */
export async function listenOn(server: Server, { port, fixed }: PortWish): Promise<number> {
  if (!fixed) return listenOnLoopback(server, port);
  try {
    return await listenOnLoopback(server, port, 1);
  } catch {
    throw new UserError(`Port ${port} is in use by another program.`, fixed.why);
  }
}
