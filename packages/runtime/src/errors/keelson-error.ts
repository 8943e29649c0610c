import { type ErrorCode, errorRegistry } from './registry.ts';

export interface KeelsonErrorOptions {
  /** What happened, for the log; the client never sees it. Must not contain a secret. */
  readonly detail?: string;
  /** What the operator can do about it, for the log. */
  readonly hint?: string;
  readonly cause?: unknown;
  /** Seconds; sent as `Retry-After`. */
  readonly retryAfter?: number;
  /** Extra response headers, e.g. `WWW-Authenticate`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Members added to the problem document; safe for the client. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An error with two audiences: `code` and safe text for the client, `detail`, `hint` and `cause` for the log. */
export class KeelsonError extends Error {
  readonly code: ErrorCode;
  /** Fastify reads the status from here. */
  readonly statusCode: number;
  /** Text that the client may see. */
  readonly publicMessage: string;
  readonly hint: string | undefined;
  readonly retryAfter: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, options: KeelsonErrorOptions = {}) {
    const { status, message } = errorRegistry[code];
    super(options.detail ?? message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'KeelsonError';
    this.code = code;
    this.statusCode = status;
    this.publicMessage = message;
    this.hint = options.hint;
    this.retryAfter = options.retryAfter;
    this.headers = options.headers ?? {};
    this.extensions = options.extensions ?? {};
  }
}
