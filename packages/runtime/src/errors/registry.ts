/**
 * Every error a client can see: a stable code, its HTTP status, and text that is safe for anyone to read.
 * `hint` is for the operator and goes to the log, never to the client.
 */
export const errorRegistry = {
  UNAUTHENTICATED: { status: 401, message: 'Sign in to use this.' },
  TOKEN_REQUIRED: { status: 401, message: 'Send an access token that is valid for this.' },
  FORBIDDEN: { status: 403, message: 'You may not do this.' },
  INSUFFICIENT_SCOPE: { status: 403, message: 'The token lacks a scope that this needs.' },
  CROSS_SITE_REQUEST: { status: 403, message: 'A request from another site may not do this.' },
  NOT_FOUND: { status: 404, message: 'There is nothing here.' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'This address does not take that method.' },
  REQUEST_TIMEOUT: { status: 408, message: 'The request took too long to arrive.' },
  CONFLICT: { status: 409, message: 'That conflicts with what is there already.' },
  INVALID_REQUEST: { status: 400, message: 'The request is not valid.' },
  PAYLOAD_TOO_LARGE: { status: 413, message: 'The request body is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Send the body as application/json.' },
  TOO_MANY_REQUESTS: { status: 429, message: 'Too many requests; try again later.' },
  INTERNAL: { status: 500, message: 'Something went wrong on our side.' },
  LOGIN_REJECTED: { status: 400, message: 'The sign-in could not be completed. Start again.' },
  ACCOUNT_NOT_ADMITTED: { status: 403, message: 'This account may not sign in here.' },
  LOGIN_UNAVAILABLE: {
    status: 503,
    message: 'Sign-in is not available right now; try again shortly.',
  },
  DATABASE_UNAVAILABLE: { status: 503, message: 'The database is not available right now; try again shortly.' },
  TABLE_UNAVAILABLE: { status: 503, message: 'The table is not available right now; try again shortly.' },
  TOKENS_UNAVAILABLE: { status: 503, message: 'Tokens cannot be checked right now; try again shortly.' },
  CREDENTIALS_REJECTED: { status: 401, message: 'The email address or the password is not right.' },
  LINK_REJECTED: { status: 400, message: 'This link is no longer valid. Ask for a new one.' },
  SESSION_STORE_UNAVAILABLE: { status: 503, message: 'Sessions cannot be checked right now; try again shortly.' },
  SECRET_UNAVAILABLE: { status: 503, message: 'The service is not set up completely yet.' },
  OVERLOADED: { status: 503, message: 'The service is busy; try again shortly.' },
  SHUTTING_DOWN: { status: 503, message: 'The service is restarting; try again shortly.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof errorRegistry;
