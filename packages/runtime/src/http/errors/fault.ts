import type { FastifyError } from 'fastify';
import { type ErrorCode, errorRegistry, KeelsonError } from '../../errors/index.ts';
import { validationErrors } from './validation-errors.ts';

/** An error as the client will see it. */
export interface Fault {
  readonly status: number;
  readonly code: ErrorCode;
  /** Safe for anyone to read. */
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;
}

const none = Object.freeze({});

/** Decides what a client may learn of `error`: nothing, unless the error was made for clients. */
export function faultOf(error: unknown): Fault {
  if (error instanceof KeelsonError) return fromKeelsonError(error);
  if (!(error instanceof Error)) return fault('INTERNAL');
  const { validation, code, statusCode } = error as Partial<FastifyError>;
  if (validation)
    return { ...fault('INVALID_REQUEST'), extensions: { errors: validationErrors(error as FastifyError) } };
  if (isForClients(error, code)) return fromStatus(statusCode ?? 500);
  return fault('INTERNAL');
}

export function fault(code: ErrorCode): Fault {
  const { status, message } = errorRegistry[code];
  return { status, code, message, headers: none, extensions: none };
}

function fromKeelsonError(error: KeelsonError): Fault {
  const { statusCode, code, publicMessage, retryAfter, extensions } = error;
  const headers = retryAfter === undefined ? error.headers : { 'retry-after': String(retryAfter), ...error.headers };
  return { status: statusCode, code, message: publicMessage, headers, extensions };
}

/** A driver's error may carry the status of an upstream answer; only Fastify's own (and http-errors that say so) speak for us. */
function isForClients(error: Error, code: unknown): boolean {
  if (typeof code === 'string' && code.startsWith('FST_')) return true;
  return 'expose' in error && error.expose === true;
}

const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'OVERLOADED',
};

function fromStatus(status: number): Fault {
  const code = codes[status];
  if (code) return fault(code);
  return status >= 400 && status < 500 ? { ...fault('INVALID_REQUEST'), status } : fault('INTERNAL');
}
