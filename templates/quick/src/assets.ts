import type { App } from '@keelson/runtime';
import { stylesheet } from './stylesheet.ts';

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="8" fill="#3a4ed0"/>
<path d="M18 5 8 18h7l-1 9 10-13h-7z" fill="#fff"/>
</svg>
`;

/** What the page loads. It is the same for everyone, so anyone may have it and keep it for an hour. */
export function assets(app: App): void {
  const files = {
    '/style.css': { type: 'text/css; charset=utf-8', content: stylesheet },
    '/icon.svg': { type: 'image/svg+xml', content: icon },
  };
  for (const [path, { type, content }] of Object.entries(files)) {
    app.get(path, { auth: 'public', schema: { hide: true } }, async (_request, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=3600').send(content),
    );
  }
}
