import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../dev/harness.ts';

/** Everything that is followed without nginx, beside what a template would write. */
export const conf = `# A site that uses much of what there is.
worker_processes auto;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
events { worker_connections 64; }
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  charset utf-8;
  charset_types text/css text/javascript application/json;
  server_tokens off;
  log_format short '{"level":"info","msg":"request","method":"$request_method","path":"$uri","status":$status}';
  access_log /dev/stdout short;
  gzip on;
  gzip_vary on;
  gzip_proxied any;
  gzip_min_length 200;
  gzip_types text/css text/javascript application/json;
  map "$status $uri" $cache_control {
    default no-cache;
    "~^(200|206|304) /assets/" "public, max-age=31536000, immutable";
  }
  map $http_x_forwarded_proto $hsts {
    default "";
    https "max-age=31536000";
  }
  map $arg_kind $kind {
    default none;
    Big large;
    "~^s(?<rest>.*)$" "small-$rest";
  }
  server {
    listen 8080 default_server;
    listen [::]:8080;
    server_name _;
    root /usr/share/nginx/html;
    absolute_redirect off;
    add_header X-Content-Type-Options nosniff always;
    add_header Strict-Transport-Security $hsts always;
    add_header Cache-Control $cache_control always;
    add_header X-Kind $kind;
    error_page 404 /404.html;
    error_page 403 =404 /404.html;
    location = /404.html { internal; }
    location = /health { access_log off; default_type text/plain; return 200 "ok"; }
    location / { try_files $uri $uri/index.html =404; }
    location /plain/ { index start.html index.html; add_header X-Own yes; }
    location /nothing/ { error_page 404 /missing.html; }
    location ^~ /old/ { return 301 /new/; }
    location /away { return 302 https://example.com$request_uri; }
    location /gone { return 410; }
    location /said { return 404 "not \\"here\\"\\n"; }
    location /empty { return 204; }
    location /forbidden/ { deny all; }
    location /app/ { try_files $uri /app/index.html; }
    location /named/ { try_files $uri @named; }
    location @named { return 200 "named $uri"; }
    location /kept/ { expires 1h; }
    location /never/ { expires -1; }
    location /ever/ { expires max; etag off; if_modified_since before; }
    location ~* \\.(jpe?g|PNG)$ { add_header X-Picture $1; }
    include /etc/nginx/extra/*.conf;
    location ~ /\\.(?!well-known/) { return 404; }
  }
}
`;

const page = (text: string) => `<!doctype html><title>${text}</title><p>${'long '.repeat(60)}\n`;

const files: Readonly<Record<string, string>> = {
  'index.html': page('home'),
  '404.html': page('not found'),
  'small.html': 'small\n',
  'no-ending': 'x',
  'empty.txt': '',
  'style.css': `body { color: red }\n`.repeat(20),
  'main.JS': 'export {};\n'.repeat(40),
  'data.json': '{}',
  'odd.xyz': 'odd',
  'with space.html': 'space',
  'ünï.html': 'unicode',
  'a%2Fb.html': 'percent',
  '.env': 'SECRET=1',
  '.well-known/security.txt': 'well known',
  'sub/.hidden/x.txt': 'hidden',
  'sub/index.html': page('sub'),
  'assets/app-1234.js': 'asset\n'.repeat(50),
  'picture.png': 'png',
  'picture.jpeg': 'jpeg',
  'plain/start.html': 'start',
  'plain/deep/index.html': 'deep',
  'plain/bare/x.txt': 'bare',
  'forbidden/x.txt': 'no',
  'app/index.html': 'app',
  'app/x.js': 'x',
  'named/x.txt': 'x',
  'kept/x.txt': 'kept',
  'never/x.txt': 'never',
  'ever/x.txt': 'ever',
};

export const config = `import { defineApp } from '@keelson/contract';
export default defineApp({
  name: 'site', region: 'eu-central-1',
  services: { site: { source: 'site', server: 'nginx', port: 8080, compute: 'fargate' } },
});
`;

/** A day on which every file was changed: both servers see the same. */
export const changed = new Date('2026-01-02T03:04:05Z');

/** An app whose only service is the site. */
export async function makeSite(nginxConf = conf): Promise<string> {
  const root = await makeFolder({ 'keelson.config.ts': config, 'site/nginx.conf': nginxConf });
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, 'site/public', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    await utimes(path, changed, changed);
  }
  await mkdir(join(root, 'site/public/bare'));
  await writeFile(join(root, 'site/secret.txt'), 'secret');
  await symlink('small.html', join(root, 'site/public/link.html'));
  await symlink('../secret.txt', join(root, 'site/public/out.txt'));
  return root;
}
