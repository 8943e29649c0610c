import type { IncomingMessage } from 'node:http';

/** Names that are for one connection only (RFC 9110, 7.6.1), and never passed on. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Meant for the service, whatever `Connection` names (RFC 9110, 7.6.1): nobody shall take them from a request that way. */
const neverHopByHop =
  /^(host|authorization|cookie|set-cookie|origin|referer|cache-control|forwarded|(accept|content|if|sec|x-forwarded)(-.*)?)$/;

/** Flat name, value, name, value …: order, case and repeated names survive. */
export type RawHeaders = readonly string[];

/** The headers that go on to the next hop. */
export function endToEnd(raw: RawHeaders): string[] {
  const named = new Set(
    values(raw, 'connection')
      .flatMap((value) => value.split(','))
      .map((name) => name.trim().toLowerCase())
      .filter((name) => !neverHopByHop.test(name)),
  );
  return filtered(raw, (name) => !hopByHop.has(name) && !named.has(name));
}

export interface Forwarding {
  /** Address of the peer of our connection. */
  readonly client: string;
  readonly port: number;
}

/**
 * Tells the service who asked, as an Application Load Balancer does, but that what the client sent of itself is left out
 * and not in front: here every caller has the gateway's own address, which the service trusts, so that it would go on to
 * believe the entry before.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
export function forwarded(raw: RawHeaders, { client, port }: Forwarding): string[] {
  const ours = new Set(['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-port']);
  return [
    ...filtered(raw, (name) => !ours.has(name)),
    ...['X-Forwarded-For', client.replace(/^::ffff:/, '')],
    ...['X-Forwarded-Proto', 'http', 'X-Forwarded-Port', String(port)],
  ];
}

/** The headers with one of them replaced, or added. */
export function replaced(raw: RawHeaders, [name, value]: readonly [string, string]): string[] {
  return [...filtered(raw, (each) => each !== name.toLowerCase()), name, value];
}

/** Whether a body is announced; it may yet be empty. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** How the body's end is told to the next hop: by its length, in chunks, or that there is none. */
export function framing(raw: RawHeaders, method: string | undefined): string[] {
  if (values(raw, 'transfer-encoding').length > 0) return ['Transfer-Encoding', 'chunked'];
  const bodiless = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return bodiless || values(raw, 'content-length').length > 0 ? [] : ['Content-Length', '0'];
}

function values(raw: RawHeaders, wanted: string): string[] {
  return pairs(raw).flatMap(([name, value]) => (name.toLowerCase() === wanted ? [value] : []));
}

function filtered(raw: RawHeaders, keep: (name: string) => boolean): string[] {
  return pairs(raw).flatMap(([name, value]) => (keep(name.toLowerCase()) ? [name, value] : []));
}

function pairs(raw: RawHeaders): [string, string][] {
  const list: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) list.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return list;
}
