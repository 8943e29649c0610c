import type { FastifyError } from 'fastify';

/** One part of a request that is not as its schema says. */
export interface ValidationError {
  /** `body/email`, `querystring/limit`. Names the caller made up are shown as `*`, but for plain words in a query. */
  readonly path: string;
  /** What the schema asks for; never the submitted value. */
  readonly message: string;
}

const maxErrors = 20;

/** Text for the client from what a schema validator found. Only the schema speaks in it, no value that was submitted. */
export function validationErrors(error: FastifyError): ValidationError[] {
  const where = error.validationContext ?? 'request';
  return (error.validation ?? []).slice(0, maxErrors).map(({ instancePath, message }) => ({
    path: `${where}${instancePath}`,
    message: message ?? 'is not valid',
  }));
}
