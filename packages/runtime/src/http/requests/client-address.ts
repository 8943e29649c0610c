import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { ServiceConfig } from '../../config/service-config.ts';
import { forwardedFor } from './forwarded.ts';
import { sourceIpIn } from './request-context.ts';

type Header = ServiceConfig['clientAddressHeader'];

/** How the last proxy names the caller, where that is not `X-Forwarded-For`, which Fastify reads itself. */
const readers: Readonly<Partial<Record<Header, (value: string) => string | undefined>>> = {
  forwarded: forwardedFor,
  'x-amzn-request-context': sourceIpIn,
};

/**
 * Puts what that header says of the caller in the place where Fastify looks, and takes away what clients may have put there.
 * Whether it is believed is decided there, by the address of the peer.
 */
export function useClientAddress(header: Header): (request: IncomingMessage) => void {
  const read = readers[header];
  if (!read) return () => {};
  return ({ headers }) => {
    for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']) delete headers[name];
    const client = valueOf(headers, header, read);
    if (client !== undefined) headers['x-forwarded-for'] = client;
  };
}

function valueOf(headers: IncomingHttpHeaders, header: Header, read: (value: string) => string | undefined) {
  const value = headers[header];
  return typeof value === 'string' ? read(value) : undefined;
}
