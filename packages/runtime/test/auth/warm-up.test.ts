import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { startService, type TestService } from './service.ts';

const discovery = '/.well-known/openid-configuration';
let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const discoveries = () => service.provider.requests.paths.filter((path) => path === discovery).length;

test('a service that listens reads the provider’s description before anybody signs in', async () => {
  expect(discoveries()).toBe(0);
  await service.app.listen({ host: '127.0.0.1', port: 0 });
  await expect.poll(discoveries, { timeout: 30_000 }).toBe(1);
  expect((await createBrowser(service.app).get('/login')).statusCode).toBe(302);
  expect(discoveries()).toBe(1);
});

test('fault 16: a reading that began before a pause and fails for it is repeated for who joined it after', async () => {
  service.provider.faults.hang = [discovery];
  const first = createBrowser(service.app).get('/login');
  await expect.poll(discoveries, { timeout: 30_000 }).toBe(1);
  // The reading ends by its own time limit, which must leave the second person some of theirs.
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  service.provider.faults.hang = [];
  const second = createBrowser(service.app).get('/login');
  expect((await first).statusCode).toBe(503);
  expect((await second).statusCode).toBe(302);
});
