import { type ErrorCode, errorRegistry } from '@keelson/runtime/errors';

/** What the caller, or the person who runs the service, can do about each error. */
const remedies: Record<ErrorCode, string> = {
  UNAUTHENTICATED: 'Sign in. A browser that opens a page is sent there by itself.',
  TOKEN_REQUIRED:
    'Send `Authorization: Bearer <token>` with a token that has not expired. The log says why one was refused.',
  FORBIDDEN: 'The caller is known, but lacks the role that the route asks for.',
  INSUFFICIENT_SCOPE: 'Ask the token issuer for the scope named in `WWW-Authenticate`.',
  CROSS_SITE_REQUEST:
    'A page of another site sent it. When it was your own page, compare its address with `PUBLIC_URL`.',
  NOT_FOUND: 'Compare the path with `/docs`.',
  METHOD_NOT_ALLOWED: 'Use a method that the `Allow` header names.',
  REQUEST_TIMEOUT: 'Send the headers and the body faster, or in smaller pieces.',
  CONFLICT: 'Read the current state, then try again.',
  INVALID_REQUEST: 'Compare the request with its schema in `/openapi.json`.',
  PAYLOAD_TOO_LARGE: 'Send less at once.',
  UNSUPPORTED_MEDIA_TYPE: 'Send `Content-Type: application/json`.',
  TOO_MANY_REQUESTS: 'Wait as many seconds as `Retry-After` says.',
  INTERNAL: "A mistake in the service. The request id leads to the cause in the service's log.",
  ACCOUNT_NOT_ADMITTED:
    'Sign in with an account of the Google Workspace domain that the answer names (`hostedDomain` of the login). See [google.md](google.md).',
  LOGIN_REJECTED: 'Start the sign-in again. The log has the reason under the request id. See [auth0.md](auth0.md).',
  LOGIN_UNAVAILABLE:
    'The provider does not answer, or the address of the service is not known yet. The log has a hint.',
  DATABASE_UNAVAILABLE: 'Try again after `Retry-After`. A database that slept needs some seconds to wake up.',
  TABLE_UNAVAILABLE:
    'Try again after `Retry-After`. DynamoDB did not answer, or refused for its limits; the log says which.',
  TOKENS_UNAVAILABLE:
    "The issuer's keys could not be fetched yet. See its address (`TOKEN_ISSUER`) and the way out of the network.",
  CREDENTIALS_REJECTED:
    'Which of the two it was, or whether there is an account, is not told to anyone; the log has it under the request id.',
  LINK_REJECTED: 'The link was used, is older than its lifetime, or a newer one was sent. Ask for another.',
  SESSION_STORE_UNAVAILABLE: 'Ended sessions cannot be told from living ones, so nobody is let in. See the database.',
  SECRET_UNAVAILABLE: 'A secret was never set. The log names its variable.',
  OVERLOADED: 'Try again later, or run more tasks.',
  SHUTTING_DOWN: 'Try again: another task answers.',
};

/** The text of docs/errors.md. */
export function errorsPage(): string {
  const codes = Object.keys(errorRegistry) as ErrorCode[];
  const rows = codes.map((code) => {
    const { status, message } = errorRegistry[code];
    return `| \`${code}\` | ${status} | ${message} | ${remedies[code]} |`;
  });
  return [
    '# Errors',
    '',
    'Every error is an `application/problem+json` document (RFC 9457) with a stable `code` and the id of the request. It says',
    'nothing about the inside of the service: the detail is in the log, under the same request id.',
    '',
    'Written by `npm run docs:contract` from the registry in `@keelson/runtime/errors`; a test says when it is out of date.',
    '',
    '| code | status | text | what to do |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
