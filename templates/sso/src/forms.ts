import type { App } from '@keelson/runtime';

/** Takes what a form without JavaScript sends; a field that comes twice counts once, its last value. */
export function acceptForms(app: App): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
}
