import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { contractOf } from '@keelson/contract';
import { describe, expect, it, vi } from 'vitest';
import { ask, machine, newContext, start, stop, usedContext } from './context.ts';

const grant = { grant_type: 'client_credentials' };

describe('startTokens', () => {
  it('keeps port, keys, ids and secrets over a restart, in files that only their owner can read', async () => {
    const context = await newContext();
    const first = await start(context);
    const file = join(context.stateDir, 'tokens', 'tokens.json');
    for (const name of [file, join(context.stateDir, 'tokens', 'tokens.running.json')]) {
      expect((await stat(name)).mode & 0o777).toBe(0o600);
    }
    expect((await stat(join(context.stateDir, 'tokens'))).mode & 0o777).toBe(0o700);
    const { body } = await ask(first, grant);
    await stop(first);
    const second = await start(context);
    expect(second.env).toEqual(first.env);
    expect(second.tokens).toEqual(first.tokens);
    // A token of the first run is still good: the key that signed it is published.
    const { kid } = JSON.parse(Buffer.from(String(body['access_token']).split('.')[0] ?? '', 'base64url').toString());
    const keys = await (await fetch(`${second.env['TOKEN_ISSUER']}/.well-known/jwks.json`)).text();
    expect(keys).toContain(kid);
    expect(keys).not.toContain('"d"');
  });

  it('a client that is added gets an id and a secret; the others keep theirs', async () => {
    const context = await usedContext();
    const first = await start(context, 'cognito', { clients: { shows: ['shows.read'] } });
    await stop(first);
    const second = await start(context);
    expect(machine(second).id).toBe(machine(first).id);
    expect(machine(second, 'reader').id).not.toBe(machine(second).id);
  });

  it('another provider gets clients of its own form', async () => {
    const context = await usedContext();
    const first = await start(context);
    await stop(first);
    expect(machine(first).id).toMatch(/^[a-z0-9]{26}$/);
    expect(machine(await start(context, 'auth0')).id).toMatch(/^[A-Za-z0-9]{32}$/);
  });

  it('offers one machine that may do everything when the config names none', async () => {
    const part = await start(await usedContext(), 'generic', { clients: {} });
    expect(part.tokens?.clients).toMatchObject([{ name: 'local', scopes: ['shows.read', 'shows.write'] }]);
  });

  it('makes the state anew when the file is broken, and says so', async () => {
    const context = await usedContext();
    await stop(await start(context));
    await writeFile(join(context.stateDir, 'tokens', 'tokens.json'), '{"port":');
    const part = await start(context);
    expect(context.lines.join()).toContain('new ids and secrets');
    expect((await ask(part, grant)).status).toBe(200);
  });

  it('takes the next port when its own is taken, says so, and comes back to it', async () => {
    const context = await usedContext();
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

  it.each(['cognito', 'auth0', 'generic'] as const)('gives the variables of the contract: %s', async (provider) => {
    const context = await usedContext();
    const part = await start(context, provider);
    const resources = { tokens: { kind: 'tokens', provider, scopes: { a: 'A' } } } as const;
    const services = { api: { source: 'a.ts', compute: 'fargate', uses: ['tokens'] } } as const;
    const contract = contractOf({ resources, services: { api: { ...services.api, uses: ['tokens'] } } }, 'api');
    const forms = contract.resources.flatMap((resource) => resource.forms).map((form) => form.map(({ name }) => name));
    expect(forms.map((names) => names.toSorted())).toContainEqual(Object.keys(part.env).toSorted());
    for (const { secret } of part.tokens?.clients ?? []) {
      expect(`${part.title} ${part.address} ${JSON.stringify(part.env)}`).not.toContain(secret);
    }
  });

  it('listens on 127.0.0.1 only, and answers requests for it by name only', async () => {
    const part = await start(await usedContext());
    const { port } = new URL(part.address);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside) await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow();
    const outgoing = request({ host: '127.0.0.1', port, path: '/oauth2/token', headers: { host: 'rebound.example' } });
    outgoing.end();
    const [answer] = await once(outgoing, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(403);
  });

  it('has nothing but tokens, keys and discovery', async () => {
    const part = await start(await usedContext());
    for (const path of ['/', '/auth', '/me', '/session/end', '/token/introspection', '/reg']) {
      expect((await fetch(`${part.address}${path}`)).status).toBe(404);
    }
  });

  it('writes no secret to its log, and nothing to the console', async () => {
    const spies = (['warn', 'info', 'log', 'error'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    const context = await usedContext();
    const part = await start(context);
    await ask(part, grant);
    await ask(part, {});
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
    expect(context.lines).toEqual([]);
  });

  it('forgets where it was when it stops', async () => {
    const context = await usedContext();
    await stop(await start(context));
    await expect(readFile(join(context.stateDir, 'tokens', 'tokens.running.json'))).rejects.toThrow('ENOENT');
  });

  it('does not run in production', async () => {
    const context = await usedContext({ env: { NODE_ENV: 'production' } });
    await expect(start(context)).rejects.toMatchObject({ problems: [{ path: 'NODE_ENV' }] });
  });
});

describe('a provider of the user’s own', () => {
  const issuer = 'https://cognito-idp.ap-southeast-2.amazonaws.com/ap-southeast-2_abc';

  it('is used when it is named whole', async () => {
    const env = { TOKEN_ISSUER: issuer, TOKEN_CLIENT_IDS: 'one,two', TOKEN_SCOPE_PREFIX: 'https://api' };
    const part = await start(await newContext({ env, stateDir: '/nonexistent' }));
    expect(part.env).toEqual(env);
    expect(part.address).toBe(issuer);
    expect(part.tokens).toBeUndefined();
    const other = { TOKEN_ISSUER: 'https://tenant.eu.auth0.com/', TOKEN_AUDIENCE: 'https://api' };
    expect((await start(await newContext({ env: other }), 'auth0')).env).toEqual(other);
  });

  it('named in part is an error that names everything', async () => {
    for (const env of [
      { TOKEN_ISSUER: issuer },
      { TOKEN_CLIENT_IDS: 'one' },
      { TOKEN_AUDIENCE: 'one' },
      { TOKEN_SCOPE_PREFIX: 'https://api' },
    ]) {
      const error = (await start(await newContext({ env })).catch((reason: unknown) => reason)) as {
        problems: { path: string; message: string; hint: string }[];
      };
      const text = error.problems.map(({ path, message, hint }) => `${path} ${message} ${hint}`).join();
      for (const name of ['TOKEN_ISSUER', 'TOKEN_CLIENT_IDS', 'TOKEN_AUDIENCE']) expect(text).toContain(name);
    }
    const both = { TOKEN_ISSUER: issuer, TOKEN_CLIENT_IDS: 'one', TOKEN_AUDIENCE: 'two' };
    await expect(start(await newContext({ env: both }))).rejects.toMatchObject({
      problems: [{ path: 'TOKEN_CLIENT_IDS, TOKEN_AUDIENCE' }],
    });
  });
});
