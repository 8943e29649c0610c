import type { IncomingMessage } from 'node:http';
import type { RawHeaders } from './headers.ts';

/** The CORS settings that `keelson synth` gives the HTTP API. */
const methods = 'GET,POST,PUT,PATCH,DELETE';
const usualHeaders = 'authorization,content-type';
const maxAge = '3600';

export interface Cors {
  /** Headers of the answer to a preflight; `undefined`: this is none. */
  preflight(request: IncomingMessage): Readonly<Record<string, string>> | undefined;
  /** Headers of any other answer. */
  answer(request: IncomingMessage): Readonly<Record<string, string>>;
  /** The headers of a service's answer, with ours for its. */
  replace(request: IncomingMessage, headers: RawHeaders): RawHeaders;
}

/**
 * CORS as an HTTP API does it: preflights are answered before routes and tokens are looked at, and what the service says about
 * CORS is replaced. Only the listed origins, letter by letter, are told that they may.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 *
 * @param headers that requests may have, a comma between them
 */
export function createCors(origins: readonly string[], headers: string = usualHeaders): Cors {
  const allowed = ({ headers: { origin } }: IncomingMessage) =>
    origin !== undefined && origins.includes(origin) ? { 'access-control-allow-origin': origin, vary: 'Origin' } : {};
  return {
    preflight: (request) => {
      if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return undefined;
      const origin = allowed(request);
      if (!('access-control-allow-origin' in origin)) return {};
      return {
        ...origin,
        'access-control-allow-methods': methods,
        'access-control-allow-headers': headers,
        'access-control-max-age': maxAge,
      };
    },
    answer: allowed,
    replace: (request, headers) => [...withoutCors(headers), ...Object.entries(allowed(request)).flat()],
  };
}

function withoutCors(headers: RawHeaders): string[] {
  return headers.filter((_, index) => !/^access-control-/i.test(headers[index - (index % 2)] ?? ''));
}
