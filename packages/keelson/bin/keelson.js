#!/usr/bin/env node
import { existsSync } from 'node:fs';

const here = import.meta.url;
const inClone = !here.includes('/node_modules/') && existsSync(new URL('../src/bin.ts', here));

const command = inClone ? await compiled() : '../dist/bin.js';
if (command) await import(command);

async function compiled() {
  try {
    const { commandFromSource } = await import('./from-source.js');
    return await commandFromSource();
  } catch (error) {
    const hint = error.code === 'ERR_MODULE_NOT_FOUND' ? '\n      Run `npm ci` in the clone first.' : '';
    process.stderr.write(`error Keelson could not be compiled from its sources: ${error.message}${hint}\n`);
    process.exitCode = 1;
  }
}
