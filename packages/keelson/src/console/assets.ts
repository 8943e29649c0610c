import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { refuse } from './own-page.ts';

// From here or from dist/: the package carries its sources.
const folder = new URL('../../src/console/assets/', import.meta.url);

const types: Readonly<Record<string, string>> = {
  'console.css': 'text/css; charset=utf-8',
  'console.js': 'text/javascript; charset=utf-8',
};

export function sendAsset(name: string, response: ServerResponse): void {
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  if (!type) return refuse(response, 404, 'There is nothing here.');
  response.setHeader('content-type', type);
  response.end(readFileSync(new URL(name, folder)));
}
