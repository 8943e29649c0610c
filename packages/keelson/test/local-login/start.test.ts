import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { newContext, start, stop } from './context.ts';
import { signIn } from './flow.ts';

describe('startLogin', () => {
  it('keeps port, keys, client and people over a restart, in a file that only its owner can read', async () => {
    const context = await newContext();
    const first = await start(context);
    const keys = async () => (await fetch(`${first.address}/.well-known/jwks.json`)).text();
    const before = await keys();
    await stop(first);
    const second = await start(context);
    expect(second.env).toEqual(first.env);
    expect(second.people).toEqual(first.people);
    expect(await keys()).toBe(before);
    const file = join(context.stateDir, 'login', 'login.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(context.stateDir, 'login'))).mode & 0o777).toBe(0o700);
  });

  it('another vendor keeps the session keys and gets a client of its own', async () => {
    const context = await newContext();
    const first = await start(context);
    await stop(first);
    const second = await start(context, { provider: 'google' });
    expect(second.env['SESSION_KEYS']).toBe(first.env['SESSION_KEYS']);
    expect(second.env['OIDC_CLIENT_ID']).not.toBe(first.env['OIDC_CLIENT_ID']);
  });

  it('makes the state anew when the file is broken, and says so', async () => {
    const context = await newContext();
    await stop(await start(context));
    const file = join(context.stateDir, 'login', 'login.json');
    await writeFile(file, '{"port":');
    const part = await start(context);
    expect(context.lines.join()).toContain('made anew');
    expect((await signIn(part, 'Ada Lovelace')).claims['name']).toBe('Ada Lovelace');
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveProperty('sessionKeys');
  });

  it('takes the next port when its own is taken, says so, and comes back to it', async () => {
    const context = await newContext();
    const first = await start(context);
    await stop(first);
    const squatter = createServer().listen(Number(new URL(first.address).port), '127.0.0.1');
    await once(squatter, 'listening');
    const moved = await start(context);
    expect(moved.address).not.toBe(first.address);
    expect(context.lines.join()).toContain('is taken');
    await stop(moved);
    squatter.close();
    await once(squatter, 'close');
    expect((await start(context)).address).toBe(first.address);
  });

  it('listens on 127.0.0.1 only', async () => {
    const part = await start(await newContext());
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside) {
      await expect(fetch(`http://${address}:${new URL(part.address).port}/`)).rejects.toThrow();
    }
  });

  it('gives the variables of the contract, with keys of 32 characters or more', async () => {
    const part = await start(await newContext());
    expect(Object.keys(part.env).sort()).toEqual([
      'OIDC_CLIENT_ID',
      'OIDC_CLIENT_SECRET',
      'OIDC_ISSUER',
      'OIDC_PROVIDER',
      'SESSION_KEYS',
    ]);
    expect(part.env['SESSION_KEYS']?.length).toBeGreaterThanOrEqual(32);
    expect(`${part.title} ${part.address}`).not.toContain(part.env['OIDC_CLIENT_SECRET']);
  });

  it('SESSION_KEYS of the user win', async () => {
    const keys = 'k'.repeat(40);
    expect((await start(await newContext({ env: { SESSION_KEYS: keys } }))).env['SESSION_KEYS']).toBe(keys);
  });

  it('writes nothing to the console', async () => {
    const spies = (['warn', 'info', 'log', 'error'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    await signIn(await start(await newContext()), 'Ada Lovelace');
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it('never starts under NODE_ENV=production', async () => {
    const context = await newContext({ env: { NODE_ENV: 'production' } });
    await expect(start(context)).rejects.toMatchObject({ problems: [{ path: 'NODE_ENV' }] });
  });
});

describe('the user’s own provider', () => {
  const env = { OIDC_ISSUER: 'https://acme.eu.auth0.com/', OIDC_CLIENT_ID: 'id', OIDC_CLIENT_SECRET: 'secret' };

  it('is passed on, and nothing is started', async () => {
    const part = await start(await newContext({ env: { ...env, NODE_ENV: 'production' } }));
    expect(part).toMatchObject({
      title: 'Auth0 tenant acme.eu.auth0.com',
      address: 'https://acme.eu.auth0.com/',
      env: { ...env, OIDC_PROVIDER: 'auth0', SESSION_KEYS: expect.any(String) },
    });
    expect(part.people).toBeUndefined();
  });

  it('is held to the Workspace domain of the configuration; the environment’s own goes before it', async () => {
    const resource = { provider: 'google', hostedDomain: 'acme.test' } as const;
    const domain = async (more: Record<string, string> = {}) =>
      (await start(await newContext({ env: { ...env, ...more } }), resource)).env['OIDC_HOSTED_DOMAIN'];
    expect(await domain()).toBe('acme.test');
    expect(await domain({ OIDC_HOSTED_DOMAIN: 'other.test' })).toBe('other.test');
  });

  it('given in part is an error that names all that is missing', async () => {
    const context = await newContext({ env: { OIDC_ISSUER: env.OIDC_ISSUER } });
    await expect(start(context)).rejects.toMatchObject({
      problems: [{ path: 'OIDC_CLIENT_ID' }, { path: 'OIDC_CLIENT_SECRET' }],
    });
  });
});
