import type { IncomingMessage } from 'node:http';

const limit = 16 * 1024;

/** The fields of a posted form. @throws HttpError 413, 415 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    throw new HttpError(415, 'This address takes a form.');
  }
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += chunk;
    if (text.length > limit) throw new HttpError(413, 'The form is too large.');
  }
  return new URLSearchParams(text);
}

export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
