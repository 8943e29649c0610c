import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  cleanUp,
  dev,
  getJson,
  helloConfig,
  helloService,
  isAlive,
  keelson,
  makeHello,
  occupy,
  until,
  writeFiles,
} from './harness.ts';

afterEach(cleanUp);

const pidOf = async (url: string) => Number((await getJson(url))['pid']);

describe('keelson dev', () => {
  it('runs the app and says what runs where, plain without a terminal', async () => {
    const run = await dev(await makeHello());
    expect(await getJson(run.url)).toMatchObject({ hello: 'world' });
    expect(run.output()).toMatch(/api +http:\/\/localhost:\d+ +src\/main\.ts/);
    expect(run.output()).toMatch(/ready in \d+\.\d s/);
    expect(run.output()).not.toContain('\u001b[');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s stops everything, exit code 0', async (signal) => {
    const run = await dev(await makeHello());
    const pid = await pidOf(run.url);
    run.child.kill(signal);
    expect(await run.ended).toBe(0);
    expect(isAlive(pid)).toBe(false);
    await expect(fetch(run.url)).rejects.toThrow();
    await expect(fetch(run.consoleUrl)).rejects.toThrow();
  });

  it('takes the signal that npm sends a second time for the same wish', async () => {
    const run = await dev(await makeHello());
    run.child.kill('SIGINT');
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
  });

  it('stops while it is starting', async () => {
    const never = helloService('x').replace('async (app) => {', 'async (app) => {\n  await new Promise(() => {});');
    const folder = await makeHello({ 'src/main.ts': never });
    const run = keelson(folder, ['dev', '--port', '0', '--console-port', '0']);
    await until(() => existsSync(join(folder, '.keelson/dev.lock')));
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(existsSync(join(folder, '.keelson/dev.lock'))).toBe(false);
    expect(run.output()).not.toContain('ready in');
  });

  it('ends a service that does not stop by itself', async () => {
    const stuck = helloService('x').replace(
      'pid: process.pid',
      'pid: (setImmediate(() => { for (;;); }), process.pid)',
    );
    const run = await dev(await makeHello({ 'src/main.ts': stuck }));
    const pid = await pidOf(run.url);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });

  it('a second Ctrl-C ends everything at once, with an exit code that tells', async () => {
    const stuck = helloService('x').replace(
      'pid: process.pid',
      'pid: (setImmediate(() => { for (;;); }), process.pid)',
    );
    const config = helloConfig
      .replace('services:', "resources: { db: { kind: 'postgres' } }, services:")
      .replace("'fargate'", "'fargate', uses: ['db']");
    const folder = await makeHello({ 'keelson.config.ts': config, 'src/main.ts': stuck });
    const run = await dev(folder);
    const pid = await pidOf(run.url);
    const { dataDir } = JSON.parse(readFileSync(join(folder, '.keelson/postgres/db/server.json'), 'utf8')) as {
      dataDir: string;
    };
    const server = Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
    run.child.kill('SIGINT');
    // Until one comes that is no copy of the first.
    const again = setInterval(() => run.child.kill('SIGINT'), 100);
    expect(await run.ended).toBe(130);
    clearInterval(again);
    await until(() => !isAlive(pid) && !isAlive(server));
    expect(existsSync(join(dataDir, 'postmaster.pid'))).toBe(false);
  });

  it('says which folder it may not write to, without a stack', async () => {
    const folder = await makeHello({ node_modules: 'no folder', '.keelson/x': '' });
    const run = keelson(folder, ['dev']);
    expect(await run.ended).toBe(1);
    expect(run.output()).toMatch(/node_modules\/\.cache\/keelson cannot be written: a part of its path is a file/);
    expect(run.output()).not.toMatch(/^\s+at /m);
  });

  it('leaves no service behind when it is killed, and starts again', async () => {
    const folder = await makeHello();
    const run = await dev(folder);
    const pid = await pidOf(run.url);
    run.child.kill('SIGKILL');
    await run.ended;
    await until(() => !isAlive(pid));
    expect(await getJson((await dev(folder)).url)).toMatchObject({ hello: 'world' });
  });

  it('goes on when its standard input ends', async () => {
    const run = await dev(await makeHello());
    run.child.stdin?.end();
    expect(await getJson(run.url)).toMatchObject({ hello: 'world' });
  });

  it('refuses a second run in the same folder and names the first', async () => {
    const folder = await makeHello();
    const first = await dev(folder);
    const second = keelson(folder, ['dev', '--port', '0']);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`process ${first.child.pid}`);
    expect(await getJson(first.url)).toMatchObject({ hello: 'world' });
  });

  it('--fresh empties the state', async () => {
    const folder = await makeHello();
    await writeFiles(folder, { '.keelson/login/old.json': '{}' });
    const run = await dev(folder, ['--fresh']);
    expect(existsSync(join(folder, '.keelson/login'))).toBe(false);
    expect(await getJson(run.url)).toMatchObject({ hello: 'world' });
  });

  it('gives a service its contract and its .env, and nothing else of the shell', async () => {
    const show = `import { createService } from '@keelson/runtime';
import Type from 'typebox';
export default createService(async (app) => {
  const schema = { response: { 200: Type.Record(Type.String(), Type.String()) } };
  app.get('/', { auth: 'public', schema }, async () => process.env as Record<string, string>);
});
`;
    const folder = await makeHello({ 'src/main.ts': show, '.env': 'EXTRA=from-file\nEMPTY=\nLOG_LEVEL=warn\n' });
    const { url } = await dev(folder, [], { SHELL_SECRET: 'x', LOG_LEVEL: 'debug' });
    const env = await getJson(url);
    expect(env).toMatchObject({
      NODE_ENV: 'development',
      PUBLIC_URL: url,
      KEELSON_SERVICE: 'api',
      KEELSON_ENVIRONMENT: 'local',
      TRUSTED_PROXIES: '127.0.0.1/32',
      LOG_LEVEL: 'debug',
      EXTRA: 'from-file',
    });
    expect(env).not.toHaveProperty('SHELL_SECRET');
    expect(env).not.toHaveProperty('EMPTY');
  });
});

describe('a taken port', () => {
  const config = (port: number, login = '') => `export default {
    name: 'hello', region: 'eu-central-1', ${login}
    services: { api: { source: 'src/main.ts', compute: 'fargate', port: ${port} } },
  };`;

  it('leads to the next free one, and the output says so', async () => {
    const port = await occupy();
    const run = keelson(await makeHello({ 'keelson.config.ts': config(port) }), ['dev', '--console-port', '0']);
    const [, used] = await run.printed(new RegExp(`${port} is in use by another program; api uses (\\d+)`));
    expect(await getJson(`http://localhost:${used}`)).toMatchObject({ hello: 'world' });
  });

  it('is an error when it was asked for', async () => {
    const port = await occupy();
    const run = keelson(await makeHello(), ['dev', '--port', String(port)]);
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(`Port ${port} is in use by another program.`);
  });

  it('is an error with a real provider, and names the registered callback', async () => {
    const port = await occupy();
    const login = "resources: { people: { kind: 'login', provider: 'auth0' } },";
    const env = 'AUTH0_DOMAIN=acme.eu.auth0.com\nAUTH0_CLIENT_ID=a\nAUTH0_CLIENT_SECRET=b\n';
    const run = keelson(await makeHello({ 'keelson.config.ts': config(port, login), '.env': env }), ['dev']);
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(`http://localhost:${port}/auth/callback`);
  });
});

describe('a save', () => {
  it('starts the service again, and requests wait for it', async () => {
    const folder = await makeHello();
    const run = await dev(folder);
    const before = await pidOf(run.url);
    writeFileSync(join(folder, 'src/main.ts'), helloService('again'));
    await until(async () => (await getJson(run.url))['hello'] === 'again');
    expect(isAlive(before)).toBe(false);
    await run.printed(/api restarted in \d+ ms \(src\/main\.ts\)/);
  });

  it('of a file it does not read changes nothing', async () => {
    const folder = await makeHello({ 'src/unused.ts': '' });
    const run = await dev(folder);
    const before = await pidOf(run.url);
    await writeFiles(folder, { 'README.md': 'x', 'test/a.test.ts': '', 'src/unused.ts': 'export {};' });
    await writeFiles(folder, { 'foo.txt': 'x', 'src/sedVenP51': 'x', 'src/main.ts~': 'x', 'infra/a.json': '{}' });
    writeFileSync(join(folder, 'src/main.ts'), helloService('again'));
    await run.printed(/api restarted in \d+ ms/);
    expect(run.output()).toMatch(/restarted in \d+ ms \(src\/main\.ts\)/);
    expect(await pidOf(run.url)).not.toBe(before);
  });

  it('counts in folders below src, whatever their name', async () => {
    const main = helloService('${text}').replace("'${text}'", 'text');
    const folder = await makeHello({
      'src/main.ts': `import { text } from './infra/dist/text.ts';\n${main}`,
      'src/infra/dist/text.ts': "export const text = 'first';\n",
    });
    const run = await dev(folder);
    writeFileSync(join(folder, 'src/infra/dist/text.ts'), "export const text = 'second';\n");
    await until(async () => (await getJson(run.url))['hello'] === 'second');
  });

  it('after a crash brings it back; the crash was shown once', async () => {
    const folder = await makeHello();
    const run = await dev(folder);
    writeFileSync(join(folder, 'src/main.ts'), "\nthrow new Error('broken on purpose');\n");
    await run.printed(/it is started again on the next save/);
    expect(run.output().match(/Error: broken on purpose/g)).toHaveLength(1);
    expect(run.output()).toMatch(/src\/main\.ts:2:7/);
    const answer = await fetch(run.url);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ service: 'api', detail: expect.stringContaining('broken on purpose') });
    writeFileSync(join(folder, 'src/main.ts'), helloService('back'));
    await until(async () => (await getJson(run.url))['hello'] === 'back');
    expect(run.output().match(/it is started again/g)).toHaveLength(1);
  });

  it('that does not compile is told with its place', async () => {
    const folder = await makeHello();
    const run = await dev(folder);
    writeFileSync(join(folder, 'src/main.ts'), 'export default ;\n');
    await run.printed(/src\/main\.ts:1:16: Unexpected ";"/);
    expect((await fetch(run.url)).status).toBe(503);
  });

  it('of the configuration asks for a new start', async () => {
    const folder = await makeHello();
    const run = await dev(folder);
    writeFileSync(join(folder, '.env'), 'A=1\n');
    await run.printed(/\.env has changed: start `npx keelson dev` again/);
  });
});

it('a service that crashes later is shown once and not started in a loop', async () => {
  const crash = helloService('x')
    .replace('async () => ({', "async () => { setTimeout(() => { throw new Error('later'); }); return {")
    .replace('pid })', 'pid }; }');
  const run = await dev(await makeHello({ 'src/main.ts': crash }));
  await getJson(run.url);
  await run.printed(/api ended with exit code|api was ended/);
  expect((await fetch(run.url)).status).toBe(503);
  expect(run.output().match(/api is up at/g)).toHaveLength(1);
});
