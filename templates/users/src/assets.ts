import type { App } from '@keelson/runtime';
import { adminScript } from './client/admin.ts';
import { adminsScript } from './client/admins.ts';
import { apiScript } from './client/api.ts';
import { linksScript } from './client/links.ts';
import { stylesheet } from './stylesheet.ts';

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="8" fill="#0b6b5f"/>
<circle cx="16" cy="12" r="4.5" fill="#fff"/>
<path d="M7 25a9 8 0 0 1 18 0" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/>
</svg>
`;

const script = 'text/javascript; charset=utf-8';
const files = {
  '/style.css': { type: 'text/css; charset=utf-8', content: stylesheet },
  '/icon.svg': { type: 'image/svg+xml', content: icon },
  '/api.js': { type: script, content: apiScript },
  '/admin.js': { type: script, content: adminScript },
  '/admins.js': { type: script, content: adminsScript },
  '/links.js': { type: script, content: linksScript },
};

/** What the pages load, the same for everyone. Asked for anew each time: the scripts of one page belong together. */
export function assets(app: App): void {
  for (const [path, { type, content }] of Object.entries(files)) {
    app.get(path, { auth: 'public', schema: { hide: true } }, async (_request, reply) =>
      reply.type(type).header('cache-control', 'no-cache').send(content),
    );
  }
}
