import { once } from 'node:events';
import { ConfigError, createService, currentBoot, readEnv, secretVariable } from '@keelson/runtime';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { collect, forkService } from './fixtures/process.ts';
import { productionEnv, quiet } from './fixtures/services.ts';

describe('boot', () => {
  it('names every missing and wrong variable at once, and no value', async () => {
    const service = createService(() => {
      readEnv(currentBoot(), Type.Object({ CURRENCY: Type.String(), PAGE_SIZE: Type.Integer() }));
      secretVariable(currentBoot(), 'API_KEY');
      secretVariable(currentBoot(), 'SHORT', { minLength: 32 });
    });
    const env = { NODE_ENV: 'production', PORT: 'eighty', PAGE_SIZE: 'a-secret-value', SHORT: 'tiny-secret' };
    const error = await service.build(env, quiet).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    const { problems, message } = error as ConfigError;
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'API_KEY',
      'CURRENCY',
      'PAGE_SIZE',
      'PORT',
      'PUBLIC_URL',
      'SHORT',
    ]);
    expect(message).toContain('API_KEY_SECRET_ARN');
    expect(message).not.toMatch(/a-secret-value|tiny-secret|eighty/);
  });

  it('refuses a route that declares no response', async () => {
    const service = createService((app) => void app.get('/leak', { auth: 'public' }, async () => ({ password: 'x' })));
    await expect(service.build(productionEnv(), quiet)).rejects.toThrow(/GET \/leak/);
  });

  it('names routes whose rule nobody can meet with everything else', async () => {
    const service = createService((app) => {
      readEnv(currentBoot(), Type.Object({ CURRENCY: Type.String() }));
      app.get('/page', { schema: { hide: true } }, async () => 'for somebody');
      app.get('/scoped', { auth: { scopes: ['read'] }, schema: { hide: true } }, async () => 'for something');
      app.get('/leak', { auth: 'public' }, async () => ({ password: 'x' }));
    });
    const error = await service.build({ NODE_ENV: 'production', PORT: '0' }, quiet).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).problems.map(({ path }) => path).sort()).toEqual([
      'CURRENCY',
      'GET /page',
      'GET /scoped',
      'PUBLIC_URL',
      'route GET /leak',
    ]);
  });

  it('prints the problems and exits 1', async () => {
    const child = forkService({ NODE_ENV: 'production', PORT: '-1', TRUSTED_PROXIES: 'everyone' });
    const output = collect(child);
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(1);
    for (const name of ['PORT', 'TRUSTED_PROXIES', 'PUBLIC_URL', '3 problems']) expect(output()).toContain(name);
  });

  it('runs clients before the first request and closes them last, in reverse', async () => {
    const events: string[] = [];
    const service = createService((app) => {
      const boot = currentBoot();
      for (const name of ['a', 'b']) {
        boot.onReady(async () => void events.push(`start ${name}`));
        boot.onClose(async () => void events.push(`close ${name}`));
      }
      app.addHook('onClose', async () => void events.push('app'));
    });
    const app = await service.build(productionEnv(), quiet);
    await app.close();
    expect(events).toEqual(['start a', 'start b', 'app', 'close b', 'close a']);
  });

  it('accepts the kits names', async () => {
    const seen: unknown[] = [];
    const service = createService(() => void seen.push(currentBoot().env['OIDC_ISSUER']));
    const kit = { AUTH0_DOMAIN: 'acme.eu.auth0.com', AUTH0_CLIENT_ID: 'id', AUTH0_CLIENT_SECRET: 'secret' };
    const app = await service.build(productionEnv(kit), quiet);
    await app.close();
    expect(seen).toEqual(['https://acme.eu.auth0.com/']);
  });
});
