import type { IncomingMessage } from 'node:http';

/** Bytes of request line and headers. */
export function sizeOfHead({ method = '', url = '', rawHeaders }: IncomingMessage): number {
  const line = `${method} ${url} HTTP/1.1`.length;
  return rawHeaders.reduce((size, text) => size + text.length, line);
}

/**
 * What API Gateway tells of the caller, appended to what the caller wrote (RFC 7239), which nobody should believe.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function forwardedElement(request: IncomingMessage): readonly [name: string, value: string] {
  const { remoteAddress = '127.0.0.1', localAddress = '127.0.0.1', localPort = 0 } = request.socket;
  const host = (request.headers.host ?? `localhost:${localPort}`).replace(/["\\]/g, '');
  const own = `by=${node(localAddress)};for=${node(remoteAddress)};host="${host}";proto=http`;
  return ['Forwarded', [...valuesOf(request, 'forwarded'), own].join(', ')];
}

/** Every value of a header that is there more than once. */
export function valuesOf({ rawHeaders }: IncomingMessage, wanted: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted);
}

/** RFC 7239, 6: an IPv6 address is put into brackets and quotes. */
function node(address: string): string {
  const plain = address.replace(/^::ffff:/, '');
  return plain.includes(':') ? `"[${plain}]"` : plain;
}
