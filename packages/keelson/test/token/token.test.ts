import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { cleanUp, type Dev, dev, keelson, makeFolder, writeFiles } from '../dev/harness.ts';
import { config, files } from './app.ts';

async function run(cwd: string, ...args: string[]) {
  const command = keelson(cwd, ['token', ...args]);
  const code = await command.ended;
  return { code, text: command.output() };
}

describe('keelson token', () => {
  let folder: string;
  let running: Dev;
  beforeAll(async () => {
    folder = await makeFolder(files);
    running = await dev(folder);
  });
  afterAll(cleanUp);

  const shows = (token: string) => fetch(`${running.url}/v1/shows`, { headers: { authorization: `Bearer ${token}` } });

  it('prints a token that the HTTP API takes, alone on its line', async () => {
    const { code, text } = await run(folder, '--client', 'shows', '--scope', 'shows.read');
    expect(code).toBe(0);
    expect(text).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(decodeJwt(text.trim())).toMatchObject({ token_use: 'access', scope: 'https://shows-local.api/shows.read' });
    expect((await shows(text.trim())).status).toBe(200);
  });

  it('takes several scopes, short or whole, and all of them by default', async () => {
    const scopeOf = (text: string) => decodeJwt(text.trim())['scope'];
    const both = 'https://shows-local.api/shows.read https://shows-local.api/shows.write';
    const [several, whole, all, commas] = await Promise.all([
      run(folder, '--client', 'shows', '--scope', 'shows.read', '--scope', 'shows.write'),
      run(folder, '--client', 'reader', '--scope', 'https://shows-local.api/shows.read'),
      run(folder, '--client', 'shows'),
      run(folder, '--client', 'shows', '--scope', 'shows.read,shows.write'),
    ]);
    expect(scopeOf(several.text)).toBe(both);
    expect(scopeOf(whole.text)).toBe('https://shows-local.api/shows.read');
    expect(scopeOf(all.text)).toBe(both);
    expect(scopeOf(commas.text)).toBe(both);
  });

  it('prints the whole answer, or the header', async () => {
    const [json, header] = await Promise.all([
      run(folder, '--client', 'reader', '--json'),
      run(folder, '--client', 'reader', '--header'),
    ]);
    expect(JSON.parse(json.text)).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(header.text).toMatch(/^Authorization: Bearer [\w.-]+\n$/);
  });

  it('says what there is when a client or scope is not', async () => {
    const [client, scope, foreign, other, none] = await Promise.all([
      run(folder, '--client', 'show'),
      run(folder, '--client', 'shows', '--scope', 'shows.raed'),
      run(folder, '--client', 'reader', '--scope', 'https://shows-local.api/shows.write'),
      run(folder, '--client', 'shows', '--scope', 'other/shows.read'),
      run(folder),
    ]);
    expect(client).toMatchObject({ code: 1, text: expect.stringMatching(/no client `show`[^]*--client shows\?/) });
    expect(scope).toMatchObject({
      code: 1,
      text: expect.stringMatching(/no scope `shows.raed`[^]*--scope shows.read\?/),
    });
    expect(foreign).toMatchObject({
      code: 1,
      text: expect.stringContaining('`reader` may not have `shows.write`: see `clients` in keelson.config.ts'),
    });
    expect(other).toMatchObject({ code: 1, text: expect.stringContaining('no scope `other/shows.read`') });
    expect(none).toMatchObject({ code: 2, text: expect.stringMatching(/more than one client[^]*shows, reader/) });
  });

  it('says all that is wrong at once', async () => {
    const [both, scopes, unnamed] = await Promise.all([
      run(folder, '--client', 'show', '--scope', 'shows.raed', '--scope', 'shows.write'),
      run(folder, '--client', 'reader', '--scope', 'shows.write,other', '--scope', 'other'),
      run(folder, '--scope', 'shows.raed'),
    ]);
    expect(both.code).toBe(1);
    expect(both.text).toMatch(
      /no such token:\n\n {2}There is no client `show`\n +Did you mean --client shows\?\n {2}There is no scope `shows\.raed`\n +Did you mean --scope shows\.read\?\n$/,
    );
    expect(scopes.code).toBe(1);
    expect(scopes.text.match(/`reader` may not have `shows\.write`|There is no scope `other`/g)).toHaveLength(2);
    expect(unnamed.code).toBe(1);
    expect(unnamed.text).toMatch(/more than one client\n[^]*There is no scope `shows\.raed`/);
  });

  it('is named by keelson dev, with the provider’s address', () => {
    expect(running.output()).toMatch(/console +http:\S+ +contract, tokens, logs\n/);
    expect(running.output()).toContain('npx keelson token --client shows --scope shows.read');
    expect(running.output()).toMatch(/tokens +http:\/\/localhost:\d+ +Stand-in for Amazon Cognito/);
  });

  it('tells where the provider of a second app is, whose port is taken', async () => {
    const [, taken] = /tokens +http:\/\/localhost:(\d+)/.exec(running.output()) ?? [];
    const kept = '.keelson/tokens/tokens.json';
    const copy = await makeFolder({ ...files, [kept]: await readFile(join(folder, kept), 'utf8') });
    expect((await dev(copy)).output()).toMatch(
      new RegExp(` {2}${taken} is in use by another program; tokens uses \\d+\n`),
    );
  });

  it('gives the service its side of the contract', async () => {
    const env = (await (await fetch(`${running.url}/environment`)).json()) as Record<string, string>;
    expect(env).toMatchObject({
      CLIENT_ADDRESS_HEADER: 'forwarded',
      CORS_ORIGINS: 'https://app.example.com',
      TOKEN_ISSUER: expect.stringMatching(/^http:\/\/localhost:\d+\/ap-southeast-2_local$/),
      TOKEN_CLIENT_IDS: expect.stringMatching(/^[a-z0-9]{26},[a-z0-9]{26}$/),
      TOKEN_SCOPE_PREFIX: 'https://shows-local.api',
    });
  });
});

describe('keelson token without a provider', () => {
  afterAll(cleanUp);

  it('says how to start one, also after one that ended', async () => {
    const folder = await makeFolder(files);
    const before = await run(folder, '--client', 'shows');
    expect(before).toMatchObject({ code: 1, text: expect.stringContaining('npx keelson dev') });
    const first = await dev(folder);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(await run(folder, '--client', 'shows')).toEqual(before);
  });

  it('says that a provider of the user’s own has to be asked', async () => {
    const env = 'TOKEN_ISSUER=https://issuer.example.com\nTOKEN_AUDIENCE=shows\n';
    const folder = await makeFolder({ ...files, '.env': env });
    expect(await run(folder)).toMatchObject({ code: 1, text: expect.stringMatching(/issuer\.example\.com.*your own/) });
  });

  it('asks which resource is meant, and says when there is none', async () => {
    const folder = await makeFolder(files);
    const second = `\n    other: { kind: 'tokens', provider: 'generic', scopes: { 'a': 'A' } },`;
    await writeFiles(folder, { 'keelson.config.ts': config(second) });
    expect(await run(folder)).toMatchObject({ code: 2, text: expect.stringContaining('--resource tokens') });
    const without = `import { defineApp } from '@keelson/contract';
export default defineApp({ name: 'a', region: 'eu-central-1', services: { api: { source: 'src/main.ts', compute: 'fargate' } } });`;
    await writeFiles(folder, { 'keelson.config.ts': without });
    expect(await run(folder)).toMatchObject({
      code: 1,
      text: expect.stringContaining('no resource of the kind `tokens`'),
    });
  });
});
