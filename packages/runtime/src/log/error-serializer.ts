import { redactFields } from './redact.ts';

const maxCauses = 5;

export interface SerializedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly hint?: string;
  readonly stack?: string;
  readonly problems?: unknown;
  readonly cause?: SerializedError;
  readonly errors?: readonly SerializedError[];
}

/**
 * An error for the log: its type, message, code, hint, stack and causes. Other properties stay out: drivers hang whole
 * requests and connection settings on theirs.
 */
export function serializeError(error: unknown): SerializedError {
  return serialize(error, 0);
}

function serialize(error: unknown, depth: number): SerializedError {
  if (!(error instanceof Error)) return { type: typeof error, message: describe(error) };
  const { code, hint, problems } = error as { code?: unknown; hint?: unknown; problems?: unknown };
  const cause = error.cause;
  const errors = error instanceof AggregateError ? error.errors : [];
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(typeof hint === 'string' ? { hint } : {}),
    ...(Array.isArray(problems) ? { problems } : {}),
    ...(error.stack ? { stack: error.stack } : {}),
    ...(cause !== undefined && depth < maxCauses ? { cause: serialize(cause, depth + 1) } : {}),
    ...(errors.length > 0 && depth < maxCauses
      ? { errors: errors.slice(0, maxCauses).map((each: unknown) => serialize(each, depth + 1)) }
      : {}),
  };
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return JSON.stringify(redactFields(value as Record<string, unknown>)) ?? '';
}
