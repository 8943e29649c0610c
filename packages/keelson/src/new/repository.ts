import { fileURLToPath } from 'node:url';

/** Where the clone lies that this command runs from; means nothing in the published package. */
export const repository = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/[\\/]$/, '');
