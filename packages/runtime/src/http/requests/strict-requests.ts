import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { KeelsonError } from '../../errors/index.ts';
import { parseJson } from '../json/parse.ts';

const token = "[\\w!#$%&'*+.^`|~-]+";
const contentType = new RegExp(`^${token}/${token}(?:; ?${token}=(?:${token}|"[^"\\\\\\t]*"))*$`);

/**
 * Takes only requests that cannot be read in two ways: one host, one clear content type, JSON without duplicate or magic
 * keys, text in UTF-8, no NUL. Only `application/json` has a parser; a form needs `forms`.
 */
export const strictRequests = fp(strictRequestsPlugin, { name: 'keelson-strict-requests', fastify: '5.x' });

async function strictRequestsPlugin(app: FastifyInstance): Promise<void> {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      done(null, isNone(body, request) ? undefined : parseJson(body));
    } catch (error) {
      done(error instanceof Error ? error : new KeelsonError('INVALID_REQUEST'));
    }
  });
  // Node would answer by itself, without security headers and the log's line.
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    app.server.emit('request', request, response);
  });
  app.addHook('onRequest', (request, _reply, done) => done(refusal(request)));
}

/** Many clients name a content type with every request, also with a DELETE that has no body: a route that takes none ignores it. */
function isNone(body: Buffer, { routeOptions }: FastifyRequest): boolean {
  return body.length === 0 && routeOptions.schema?.body === undefined;
}

const checks = [checkHost, checkExpectation, checkAddress, checkContentType];

function refusal(request: FastifyRequest): Error | undefined {
  for (const check of checks) {
    const error = check(request);
    if (error) return error;
  }
  return undefined;
}

/** RFC 9112, section 3.2. Node keeps the first of several and says nothing. */
function checkHost({ raw }: FastifyRequest): KeelsonError | undefined {
  let count = 0;
  for (let index = 0; index < raw.rawHeaders.length; index += 2) {
    const name = raw.rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') count++;
  }
  if (count === 1 || (count === 0 && raw.httpVersion === '1.0')) return undefined;
  return new KeelsonError('INVALID_REQUEST', { detail: 'The request has not exactly one Host header.' });
}

/** RFC 9110, section 10.1.1. */
function checkExpectation({ headers }: FastifyRequest): Error | undefined {
  if (headers.expect === undefined || headers.expect.toLowerCase() === '100-continue') return undefined;
  return Object.assign(new Error('The request expects what is unknown here.'), { statusCode: 417, expose: true });
}

function checkAddress({ url }: FastifyRequest): KeelsonError | undefined {
  if (!url.includes('%00')) return undefined;
  return new KeelsonError('INVALID_REQUEST', { detail: 'The address contains a NUL byte.' });
}

function checkContentType({ headers }: FastifyRequest): KeelsonError | undefined {
  const type = headers['content-type'];
  if (type === undefined || type === 'application/json') return undefined;
  if (!contentType.test(type)) {
    return new KeelsonError('UNSUPPORTED_MEDIA_TYPE', { detail: 'The content type is malformed.' });
  }
  if (!isParsedHere(type) || charsetsOf(type).every((charset) => /^utf-?8$/i.test(charset))) return undefined;
  return new KeelsonError('UNSUPPORTED_MEDIA_TYPE', { detail: 'The charset of the content type is not UTF-8.' });
}

/** What a service's own parsers take may have another charset. */
function isParsedHere(type: string): boolean {
  return /^application\/(?:json|x-www-form-urlencoded)(?:;|$)/i.test(type);
}

function charsetsOf(type: string): string[] {
  return [...type.matchAll(/; ?charset="?([^";]*)/gi)].map(([, charset = '']) => charset);
}
