import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { KeelsonError } from '../../errors/index.ts';

/** Fields that a form may have. */
const maxFields = 1_000;

/**
 * Takes bodies of `application/x-www-form-urlencoded`, which a page's form sends without JavaScript, as an object of texts
 * that the route's body schema checks. As strict as JSON is: valid UTF-8, no NUL, every field once, 1000 fields at most.
 *
 * @example
 * await app.register(forms);
 */
export const forms = fp(formsPlugin, { name: 'keelson-forms', fastify: '5.x' });

async function formsPlugin(app: FastifyInstance): Promise<void> {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (_request, body: Buffer, done) => {
      try {
        done(null, parseForm(body));
      } catch (error) {
        done(error instanceof Error ? error : new KeelsonError('INVALID_REQUEST'));
      }
    },
  );
}

/** @throws KeelsonError `INVALID_REQUEST` */
function parseForm(body: Buffer): Record<string, string> {
  if (!isUtf8(body)) throw refused('The form is not UTF-8.');
  const text = body.toString('utf8');
  checkCount(text);
  checkCharacters(text);
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (name === '__proto__') throw refused('The form has the field __proto__.');
    if (fields.has(name)) throw refused('The form has a field twice.');
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

function checkCount(text: string): void {
  let count = 1;
  for (let index = text.indexOf('&'); index !== -1; index = text.indexOf('&', index + 1)) {
    if (++count > maxFields) throw refused(`The form has more than ${maxFields} fields.`);
  }
}

/** `URLSearchParams` puts U+FFFD where it cannot decode. */
function checkCharacters(text: string): void {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    throw refused('The form is not percent-encoded UTF-8.');
  }
  if (decoded.includes('\0')) throw refused('The form contains a NUL character.');
}

function refused(detail: string): KeelsonError {
  return new KeelsonError('INVALID_REQUEST', { detail, extensions: { errors: [{ path: 'body', message: detail }] } });
}
