import { createService, currentBoot } from '@keelson/runtime';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { buildSample, productionEnv, quiet } from './fixtures/services.ts';

describe('health', () => {
  it('is public and needs nothing', async () => {
    const app = await buildSample();
    const answer = await app.inject('/health');
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }]);
    expect((await app.inject('/ready')).json()).toEqual({ status: 'ok' });
    await app.close();
  });

  it('readiness names what fails or hangs, and nothing else', async () => {
    const app = await createService(() => {
      const boot = currentBoot();
      boot.readiness('fine', async () => {});
      boot.readiness('db', () => Promise.reject(new Error('connect to secret-host failed')));
      boot.readiness('stuck', () => new Promise(() => {}));
    }).build(productionEnv(), quiet);
    const answer = await app.inject('/ready');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({ status: 'unready', failing: ['db', 'stuck'] });
    expect((await app.inject('/health')).statusCode).toBe(200);
    await app.close();
  });

  it("a service's own /health wins, also from a plugin", async () => {
    const app = await createService((app) => {
      app.register(async (plugin) => {
        const schema = { response: { 200: Type.Object({ healthy: Type.Boolean() }) } };
        plugin.get('/health', { auth: 'public', schema }, async () => ({ healthy: true }));
      });
    }).build(productionEnv(), quiet);
    expect((await app.inject('/health')).json()).toEqual({ healthy: true });
    await app.close();
  });
});
