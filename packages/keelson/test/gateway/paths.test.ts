import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from 'keelson/testing';
import { freePort } from '../../../../test/support/free-port.ts';
import { cleanUp, isAlive, keelson, makeFolder } from '../dev/harness.ts';

const fargate = "compute: 'fargate'";
const config = (services: string) => `import { defineApp } from '@keelson/contract';
export default defineApp({ name: 'paths', region: 'eu-central-1', services: { ${services} } });
`;

/** Says who answers, what it was asked and what it knows; `/{name}/socket` takes upgrades. */
const echo = `import { createService } from '@keelson/runtime';
import Type from 'typebox';
export default createService(async (app) => {
  const name = process.env['KEELSON_SERVICE'];
  const answer = (request) => ({
    name, url: request.raw.url, ip: request.ip, pid: process.pid, publicUrl: process.env['PUBLIC_URL'],
  });
  const schema = { response: { '2xx': Type.Any() } };
  app.all('/*', { auth: 'public', schema }, async (request) => answer(request));
  app.all('/', { auth: 'public', schema }, async (request) => answer(request));
  app.server.on('upgrade', (request, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: websocket\\r\\nX-Name: ' + name + '\\r\\n\\r\\n');
    socket.pipe(socket);
  });
});
`;

interface Echo {
  readonly name: string;
  readonly url: string;
  readonly ip: string;
  readonly pid: number;
  readonly publicUrl: string;
}

const start = async (services: string, env: Record<string, string> = {}) =>
  startApp({ root: await makeFolder({ 'keelson.config.ts': config(services), 'main.ts': echo }), env });

/** Sends the target as it is: `fetch` would tidy it. */
async function ask(base: string, target: string, headers: string[] = []): Promise<Echo & { status: number }> {
  const { port } = new URL(base);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `GET ${target} HTTP/1.1\r\nHost: localhost:${port}\r\n${headers.map((each) => `${each}\r\n`).join('')}Connection: close\r\n\r\n`,
  );
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  const body = /\{.*\}/s.exec(text)?.[0] ?? '{}';
  return { ...(JSON.parse(body) as Echo), status: Number(text.split(' ')[1]) };
}

describe('services that share a load balancer', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await start(`
      api: { source: 'main.ts', paths: ['/api/*', '/v?/users'], ${fargate} },
      site: { source: 'main.ts', port: 8001, ${fargate} },
      admin: { source: 'main.ts', port: 8002, ${fargate} },
    `);
  });
  afterAll(async () => {
    await app?.stop();
    await cleanUp();
  });

  it('are found by their paths at the address of the one that gets the rest', async () => {
    expect(app.url).toBe(app.urls['site']);
    const named = async (path: string) => (await ask(app.url, path)).name;
    expect(await named('/')).toBe('site');
    expect(await named('/api/users?x=/')).toBe('api');
    expect(await named('/v2/users')).toBe('api');
    expect(await named('/admin')).toBe('admin');
    expect(await named('/admin/x')).toBe('admin');
  });

  it.each([
    ['/api', 'site'],
    ['/api/', 'api'],
    ['/API/x', 'site'],
    ['//api/x', 'site'],
    ['/api/../x', 'api'],
    ['/x/../api/x', 'site'],
    ['/./api/x', 'site'],
    ['/api%2Fx', 'site'],
    ['/%61pi/x', 'site'],
    ['/api;/x', 'site'],
    ['/?/api/', 'site'],
    ['/x?y=/api/', 'site'],
    ['/api/?', 'api'],
    ['/v/users', 'site'],
    ['/v12/users', 'site'],
    ['/v?/users', 'site'],
    ['/administrator', 'site'],
  ])('%s goes to %s, as it was sent', async (target, name) => {
    expect(await ask(app.url, target)).toMatchObject({ name, url: target });
  });

  it('takes the path of an absolute address', async () => {
    const answer = await ask(app.url, `${app.url}/api/x`);
    expect(answer.name).toBe('api');
  });

  it('have one PUBLIC_URL, and an address of their own, which their logs name', async () => {
    for (const name of ['api', 'site', 'admin']) {
      const own = await ask(app.urls[name] ?? '', '/admin');
      expect(own).toMatchObject({ name: name === 'site' ? 'admin' : name, publicUrl: app.url });
      const line = `${name} is up at ${app.urls[name]}`;
      expect(
        app
          .logs()
          .filter(({ text }) => text.includes(' is up at '))
          .map(({ text }) => text),
      ).toContain(line);
    }
    expect(new Set(Object.values(app.urls)).size).toBe(3);
  });

  it('security 48: no service believes what a caller says of its address', async () => {
    const spoofed = [
      'X-Forwarded-For: 6.6.6.6',
      'X-Forwarded-For: 7.7.7.7',
      'Forwarded: for=6.6.6.6',
      'X-Forwarded-Host: evil.example',
    ];
    for (const base of [app.url, app.urls['api'] ?? '']) {
      const answer = await ask(base, '/api/', spoofed);
      expect(answer).toMatchObject({ name: 'api', ip: '127.0.0.1', publicUrl: app.url });
    }
  });

  it('get upgrades by the same rules', async () => {
    const upgradeAt = async (path: string) => {
      const outgoing = request(`${app.url}${path}`, { headers: { connection: 'Upgrade', upgrade: 'websocket' } });
      outgoing.end();
      const [answer, socket] = await once(outgoing, 'upgrade');
      socket.destroy();
      return answer.headers['x-name'];
    };
    expect(await upgradeAt('/api/socket')).toBe('api');
    expect(await upgradeAt('/socket')).toBe('site');
  });

  it('fault: one that was killed is missing at its paths alone, until it is started again', async () => {
    const { pid } = await ask(app.url, '/api/');
    await app.services['api']?.kill();
    expect(isAlive(pid)).toBe(false);
    expect((await ask(app.url, '/api/')).status).toBe(503);
    expect((await ask(app.urls['api'] ?? '', '/')).status).toBe(503);
    expect(await ask(app.url, '/')).toMatchObject({ status: 200, name: 'site' });
    const before = app.serviceUrls['api'];
    expect(before).toBeUndefined();
    await app.services['api']?.start();
    const again = await ask(app.url, '/api/');
    expect(again).toMatchObject({ status: 200, name: 'api' });
    expect(again.pid).not.toBe(pid);
    expect(await ask(app.serviceUrls['api'] ?? '', '/api/')).toMatchObject({ name: 'api' });
  });

  it('the front one can be down while the others serve', async () => {
    await app.services['site']?.stop();
    expect((await ask(app.url, '/')).status).toBe(503);
    expect(await ask(app.url, '/api/')).toMatchObject({ status: 200, name: 'api' });
    await app.services['site']?.start();
    expect((await ask(app.url, '/')).status).toBe(200);
  });
});

describe('paths without a service for the rest', () => {
  const services = `one: { source: 'main.ts', paths: ['/one/*'], ${fargate} }, two: { source: 'main.ts', port: 8001, paths: ['/two/*'], ${fargate} }`;
  let app: RunningApp;
  afterEach(async () => {
    await app?.stop();
    await cleanUp();
  });

  it('what no rule takes is 404 at the shared address, as the load balancer answers', async () => {
    app = await start(services);
    expect(app.url).toBe(app.urls['one']);
    expect((await ask(app.url, '/two/')).name).toBe('two');
    for (const path of ['/', '/three', '/one', '*']) {
      expect((await ask(app.url, path)).status).toBe(404);
    }
    const answer = await fetch(`${app.url}/three`);
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(await answer.text()).toBe('There is nothing here.');
    const upgrade = request(`${app.url}/three`, { headers: { connection: 'Upgrade', upgrade: 'websocket' } }).end();
    const [refused] = await once(upgrade, 'response');
    expect(refused.statusCode).toBe(404);
  });

  it('PUBLIC_URL of the user is that of all', async () => {
    app = await start(services, { PUBLIC_URL: 'http://localhost:4321' });
    expect(app.url).toBe('http://localhost:4321');
    for (const name of ['one', 'two']) {
      const answer = await ask(app.serviceUrls[name] ?? '', `/${name}/`);
      expect(answer.publicUrl).toBe('http://localhost:4321');
    }
  });

  it('are those of a single service too, whose other paths are nobody’s', async () => {
    app = await start(`one: { source: 'main.ts', paths: ['/one/*'], ${fargate} }`);
    expect((await ask(app.url, '/one/')).name).toBe('one');
    expect((await ask(app.url, '/')).status).toBe(404);
  });
});

it('--port is that of the shared address, and the others keep theirs', async () => {
  const folder = await makeFolder({
    'keelson.config.ts': config(
      `api: { source: 'main.ts', port: 8100, paths: ['/api/*'], ${fargate} }, site: { source: 'main.ts', port: 8101, ${fargate} }`,
    ),
    'main.ts': echo,
  });
  const port = await freePort();
  const run = keelson(folder, ['dev', '--port', String(port), '--no-console']);
  await run.printed(/ready in/);
  expect(run.output()).toContain(`http://localhost:${port}`);
  const answer = await ask(`http://localhost:${port}`, '/api/x');
  expect(answer).toMatchObject({ name: 'api', publicUrl: `http://localhost:${port}` });
  const [, own = ''] = await run.printed(/api +(http:\S+) +main\.ts, also at \/api\/\*/);
  expect(await ask(own, '/x')).toMatchObject({ name: 'api', publicUrl: `http://localhost:${port}` });
  await cleanUp();
});
