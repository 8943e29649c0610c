/** Types by the ends of names, for an `include mime.types`: the same with nginx and without. */
const endings: Readonly<Record<string, string>> = {
  'text/html': 'html htm',
  'text/css': 'css',
  'text/javascript': 'js mjs',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/csv': 'csv',
  'text/xml': 'xml',
  'application/json': 'json map',
  'application/manifest+json': 'webmanifest',
  'application/wasm': 'wasm',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/gzip': 'gz',
  'application/rss+xml': 'rss',
  'application/atom+xml': 'atom',
  'image/svg+xml': 'svg svgz',
  'image/png': 'png',
  'image/jpeg': 'jpeg jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/x-icon': 'ico',
  'font/woff': 'woff',
  'font/woff2': 'woff2',
  'font/ttf': 'ttf',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

/** Media type by ending. */
export function mimeTypes(): Map<string, string> {
  return new Map(
    Object.entries(endings).flatMap(([type, list]) =>
      list.split(' ').map((ending): [string, string] => [ending, type]),
    ),
  );
}

/** The same as a file of nginx's. */
export function mimeTypesConf(): string {
  return `types {\n${Object.entries(endings)
    .map(([type, list]) => `  ${type} ${list};\n`)
    .join('')}}\n`;
}
