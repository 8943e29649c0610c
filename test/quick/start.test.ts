import { expect, test } from 'vitest';
import { startService } from '../support/service-process.ts';

test('says each variable that is missing once, and what to write', async () => {
  const service = startService('quick', { NODE_ENV: 'production', KEELSON_ENVIRONMENT: 'local', PORT: '0' });
  expect(await service.exited()).toBe(1);
  const missing = [...service.output().matchAll(/^ {2}(\w+) is missing\./gm)].map(([, name]) => name);
  expect(missing).toEqual([...new Set(missing)]);
  expect(missing).toContain('OIDC_PROVIDER');
  expect(service.output()).toMatch(/OIDC_PROVIDER is missing\.\n +Set it to: one of auth0, google/);
});
