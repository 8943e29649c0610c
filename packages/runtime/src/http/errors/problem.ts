import { STATUS_CODES } from 'node:http';
import Type from 'typebox';
import type { Fault } from './fault.ts';

export const problemType = 'application/problem+json';

/** A problem document (RFC 9457). `code` is stable; branch on it. */
export const problemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable code of the error' }),
    detail: Type.Optional(Type.String()),
    requestId: Type.Optional(Type.String({ description: 'Names this request in the log' })),
    errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  },
  { title: 'Problem' },
);

export function problemDocument(fault: Fault, requestId?: string): string {
  return JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[fault.status] ?? 'Error',
    status: fault.status,
    code: fault.code,
    detail: fault.message,
    ...(requestId === undefined ? {} : { requestId }),
    ...fault.extensions,
  });
}
