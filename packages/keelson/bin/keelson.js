#!/usr/bin/env node
import { existsSync } from 'node:fs';

const here = import.meta.url;
const inClone = !here.includes('/node_modules/') && existsSync(new URL('../src/bin.ts', here));

if (inClone) {
  const { commandFromSource } = await import('./from-source.js');
  await import(await commandFromSource());
} else {
  await import('../dist/bin.js');
}
