#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { register } from 'node:module';

const here = import.meta.url;
const source = new URL('../src/bin.ts', here);
const installed = here.includes('/node_modules/') || !existsSync(source);

if (installed) {
  await import('../dist/bin.js');
} else {
  register('./source-hooks.js', here);
  const tsx = await import('tsx/esm/api');
  tsx.register();
  await import(source.href);
}
