import type { Members } from './dynalite.ts';

/** An answer that is an error of DynamoDB's. dynalite throws the same shape. */
export interface ApiError extends Error {
  readonly statusCode: number;
  readonly body: Members;
}

const prefix = 'com.amazonaws.dynamodb.v20120810#';

/** @param name e.g. `TransactionCanceledException` */
export function apiError(name: string, message: string, more: Members = {}): ApiError {
  const body = { __type: `${prefix}${name}`, message, ...more };
  return Object.assign(new Error(message), { statusCode: 400, body });
}

export function validationError(message: string): ApiError {
  return Object.assign(new Error(message), {
    statusCode: 400,
    body: { __type: 'com.amazon.coral.validate#ValidationException', message },
  });
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && 'statusCode' in error && 'body' in error;
}

/** `ConditionalCheckFailedException` */
export function nameOf({ body }: ApiError): string {
  return String(body['__type']).split('#').at(-1) ?? '';
}
