import { type App, KeelsonError } from '@keelson/runtime';

/** Takes what a form without JavaScript sends. A field that comes twice counts once, its last value. */
export function acceptForms(app: App): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const fields = Object.fromEntries(new URLSearchParams(String(body)));
    // PostgreSQL cannot store NUL. In JSON the runtime refuses it already.
    if (
      Object.entries(fields)
        .flat()
        .some((part) => part.includes('\0'))
    )
      return done(noNul());
    done(null, fields);
  });
}

function noNul(): KeelsonError {
  return new KeelsonError('INVALID_REQUEST', { detail: 'A form field contains NUL.' });
}
