import type { App } from '@keelson/runtime';
import { adminPage } from './admin.ts';
import { homePage } from './home.ts';
import { linkPages } from './links.ts';

/** The pages. They hold nobody's data, so anyone may see them; what they show comes from the API with a token. */
export function pages(app: App): void {
  const all = {
    '/': homePage({ documented: app.hasDecorator('swagger') }),
    '/admin': adminPage({ local: app.keelson.config.environment === 'local' }),
    ...linkPages(),
  };
  for (const [path, page] of Object.entries(all)) {
    app.get(path, { auth: 'public', schema: { hide: true } }, async (_request, reply) => {
      // A mailed link's page has a token in its address: it goes into no cache and no other site's log.
      reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      return reply.type('text/html; charset=utf-8').send(page);
    });
  }
  for (const path of ['/apidocs', '/apidocs/']) {
    app.get(path, { auth: 'public', schema: { hide: true } }, async (_request, reply) => reply.redirect('/docs'));
  }
}
