import { join } from 'node:path';
import { repository } from '../../test/support/imports.ts';

export const keelsonBin = join(repository, 'packages', 'keelson', 'bin', 'keelson.js');
export const ssoFolder = join(repository, 'templates', 'sso');
export const runtimeFolder = join(repository, 'packages', 'runtime');
export const byHandEntry = join(repository, 'bench', 'by-hand', 'main.ts');
export const byHandShowsEntry = join(repository, 'bench', 'by-hand', 'shows', 'main.ts');
export const tokenOnlyEntry = join(repository, 'bench', 'lib', 'token-only.ts');
export const recordedEntry = join(repository, 'bench', 'lib', 'recorded.ts');
