import { defineApp } from '@keelson/contract';

/** A service of the forms that matter on the way through Lambda. */
export default defineApp({
  name: 'forms',
  region: 'us-east-1',
  services: { api: { source: 'src/main.ts', compute: 'lambda' } },
});
