import { join } from 'node:path';
import { repository } from '../../test/support/imports.ts';

export const keelsonBin = join(repository, 'packages', 'keelson', 'bin', 'keelson.js');
export const ssoFolder = join(repository, 'templates', 'sso');
export const runtimeFolder = join(repository, 'packages', 'runtime');
export const byHandEntry = join(repository, 'bench', 'by-hand', 'main.ts');
