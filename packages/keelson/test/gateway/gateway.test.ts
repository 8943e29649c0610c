import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ServiceAgent } from '../../src/local/gateway/agent.ts';
import { type Gateway, startGateway, type Target } from '../../src/local/gateway/index.ts';
import { upload } from './upload.ts';

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

async function service(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closings.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function gatewayTo(target: (signal: AbortSignal) => Promise<Target>): Promise<Gateway & { url: string }> {
  const gateway = await startGateway({ port: 0 }, { name: 'api', target });
  closings.push(gateway.close);
  return { ...gateway, url: `http://127.0.0.1:${gateway.port}` };
}

async function gatewayOf(listener: RequestListener) {
  const { port } = await service(listener);
  return gatewayTo(async () => ({ port }));
}

/** Sends bytes as they are and gives everything that comes back. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const echo: RequestListener = async (incoming, response) => {
  let body = '';
  for await (const chunk of incoming) body += String(chunk);
  response.end(JSON.stringify({ headers: incoming.headers, body, url: incoming.url, method: incoming.method }));
};

interface Echo {
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly url: string;
}

describe('the gateway', () => {
  it('security 48: tells the client’s address as a load balancer does, and nothing that the client says of itself', async () => {
    const { url, port } = await gatewayOf(echo);
    const headers = { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' };
    const seen = (await (await fetch(url, { headers })).json()) as Echo;
    expect(seen.headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': String(port),
      host: `127.0.0.1:${port}`,
    });
  });

  it('believes none of several X-Forwarded-For headers', async () => {
    const { port } = await gatewayOf(echo);
    const answer = await raw(
      port,
      'GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toContain('"x-forwarded-for":"127.0.0.1"');
  });

  it('passes no header on that is for one connection only', async () => {
    const { port } = await gatewayOf((incoming, response) => {
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.setHeader('keep-alive', 'timeout=99');
      echo(incoming, response);
    });
    const answer = await raw(
      port,
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: close, X-Secret-Hop\r\nX-Secret-Hop: 1\r\nTE: trailers\r\nProxy-Authorization: Basic eA==\r\n\r\n',
    );
    expect(answer).not.toMatch(/x-secret-hop|proxy-authorization|"te"|timeout=99/);
    expect(answer.match(/set-cookie: [ab]=[12]/gi)).toHaveLength(2);
  });

  it('streams a body of unknown length, and tells an empty one as empty', async () => {
    const { port, url } = await gatewayOf(echo);
    const chunked = await raw(
      port,
      'POST /a?b=c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
    );
    expect(chunked).toContain('"body":"abcde"');
    expect(chunked).toContain('"url":"/a?b=c"');
    const bodiless = await raw(port, 'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(bodiless).toContain('"content-length":"0"');
    const seen = (await (await fetch(url, { method: 'PUT', body: 'x'.repeat(100_000) })).json()) as Echo;
    expect(seen.body).toHaveLength(100_000);
  });

  it('does not let one request carry another one in its body', async () => {
    const urls: string[] = [];
    const { port } = await gatewayOf((incoming, response) => {
      urls.push(incoming.url ?? '');
      echo(incoming, response);
    });
    const hidden = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';
    await raw(
      port,
      `GET /seen HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`,
    );
    expect(urls).toEqual(['/seen']);
  });

  it('sends parts of an answer on as they come', async () => {
    let finish = () => {};
    const { url } = await gatewayOf((_incoming, response) => {
      response.write('first');
      finish = () => void response.end('second');
    });
    const reader = (await fetch(url)).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first');
    finish();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('second');
  });

  it('ends the request at the service when the client goes away', async () => {
    let ended: (value: unknown) => void = () => {};
    const gone = new Promise((resolve) => {
      ended = resolve;
    });
    let arrived: (value: unknown) => void = () => {};
    const started = new Promise((resolve) => {
      arrived = resolve;
    });
    const { url } = await gatewayOf((_incoming, response) => {
      arrived(undefined);
      response.once('close', ended);
    });
    const abort = new AbortController();
    const answer = fetch(url, { signal: abort.signal }).catch(() => 'aborted');
    await started;
    abort.abort();
    expect(await answer).toBe('aborted');
    await gone;
  });

  it('does not make a broken answer look whole', async () => {
    const { url } = await gatewayOf((_incoming, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half');
      setImmediate(() => response.destroy());
    });
    const answer = await fetch(url);
    await expect(answer.text()).rejects.toThrow();
  });

  it('holds requests until the service serves', async () => {
    const { port } = await service((_incoming, response) => void response.end('served'));
    let serve: (target: Target) => void = () => {};
    const target = new Promise<Target>((resolve) => {
      serve = resolve;
    });
    const { url } = await gatewayTo(() => target);
    const answers = Promise.all([1, 2, 3].map(async () => (await fetch(url)).text()));
    serve({ port });
    expect(await answers).toEqual(['served', 'served', 'served']);
  });

  it('answers 503 for a crashed service: a page for a browser, JSON otherwise, both escaped', async () => {
    const { url } = await gatewayTo(async () => ({ reason: 'api ended with exit code 1.', tail: 'Error: <script>' }));
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(503);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('Error: &lt;script&gt;');
    const json = await fetch(url);
    expect(json.headers.get('content-type')).toBe('application/problem+json');
    expect(await json.json()).toMatchObject({
      status: 503,
      title: 'api ended with exit code 1.',
      detail: 'Error: <script>',
    });
  });

  it('answers 502 when the service hangs up without an answer', async () => {
    const { url } = await gatewayOf((incoming) => void incoming.socket.destroy());
    expect((await fetch(url)).status).toBe(502);
  });

  it('gives the answer of a service that refuses a body before it has come', async () => {
    const { url } = await gatewayOf((_incoming, response) => {
      response.writeHead(413, { connection: 'close' }).end('too much', () => response.socket?.destroySoon());
    });
    for (let attempt = 0; attempt < 20; attempt++) {
      const connection = attempt % 2 === 0 ? 'keep-alive' : 'close';
      const answer = await upload(url, 8_000_000, { 'content-length': 8_000_000, connection });
      expect(answer).toEqual({ status: 413, body: 'too much' });
    }
  });

  it('outlives an error of a connection that no request has just now', async () => {
    const { port } = await service(echo);
    const agent = new ServiceAgent();
    const socket = agent.createConnection({ host: '127.0.0.1', port });
    expect(() => socket?.emit('error', new Error('read ECONNRESET'))).not.toThrow();
    socket?.destroy();
  });

  it('lets nobody take a header from the service by naming it in Connection', async () => {
    const { port } = await gatewayOf(echo);
    const answer = await raw(
      port,
      'POST / HTTP/1.1\r\nHost: mine\r\nContent-Length: 2\r\nCookie: a=1\r\nOrigin: http://x\r\nConnection: close, Host, content-length, Cookie, Origin\r\n\r\nhi',
    );
    for (const part of ['"host":"mine"', '"content-length":"2"', '"cookie":"a=1"', '"origin"', '"body":"hi"']) {
      expect(answer).toContain(part);
    }
  });

  it('leaves the bytes of header values as they are, both ways', async () => {
    const { port } = await gatewayOf((incoming, response) => {
      response.setHeader('X-Answer', String(incoming.headers['x-name']));
      response.end(incoming.headers['x-name'], 'latin1');
    });
    for (const length of [0, 2]) {
      const socket = connect(port, '127.0.0.1');
      const head = `POST / HTTP/1.1\r\nHost: x\r\nX-Name: caf\xe9\r\nConnection: close\r\nContent-Length: ${length}`;
      socket.write(`${head}\r\n\r\n${'a'.repeat(length)}`, 'latin1');
      const chunks: Buffer[] = [];
      for await (const chunk of socket) chunks.push(chunk as Buffer);
      const answer = Buffer.concat(chunks).toString('latin1');
      expect(answer).toContain('X-Answer: caf\xe9\r\n');
      expect(answer).toMatch(/\r\n\r\ncaf\xe9$/);
    }
  });

  it('passes an HTTP/1.0 request without Host', async () => {
    const { port } = await gatewayOf(echo);
    const answer = await raw(port, 'GET / HTTP/1.0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain(`"host":"localhost:${port}"`);
  });

  it.each([
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na', 400],
    [
      'a length beside chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: x\r\nA: a\0b\r\n\r\n', 400],
    ['no HTTP at all', '\x16\x03\x01\x02\r\n\r\n', 400],
    ['a cookie of 100 KB', `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'c'.repeat(100_000)}\r\n\r\n`, 431],
  ])('says what is wrong with %s, and closes', async (_what, text, status) => {
    const { port } = await gatewayOf(echo);
    const answer = await raw(port, text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\nConnection: close\r\nContent-Type: text/plain`));
    if (status === 431) expect(answer).toContain('remove those of localhost');
  });

  it('leaves cookies of 30 KB to the service to refuse', async () => {
    const { url } = await gatewayOf(echo);
    expect((await fetch(url, { headers: { cookie: 'c'.repeat(30_000) } })).status).toBe(431);
  });

  it('fault 4: answers slow headers with 408 within seconds, and closes a connection that says nothing', async () => {
    const { port } = await gatewayOf(echo);
    const [slow, silent] = await Promise.all([raw(port, 'GET / HTTP/1.1\r\nHost: x\r\n'), raw(port, '')]);
    expect(slow).toMatch(/^HTTP\/1\.1 408 /);
    expect(silent).toMatch(/^$|^HTTP\/1\.1 408 /);
  }, 20_000);

  it('passes a WebSocket upgrade through', async () => {
    const { server, port: servicePort } = await service(echo);
    server.on('upgrade', (incoming: IncomingMessage, socket) => {
      const client = String(incoming.headers['x-forwarded-for']);
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Client: ${client}\r\n\r\n`,
      );
      socket.pipe(socket);
    });
    const { port } = await gatewayTo(async () => ({ port: servicePort }));
    const headers = { connection: 'Upgrade', upgrade: 'websocket' };
    const outgoing = request({ host: '127.0.0.1', port, headers });
    outgoing.end();
    const [answer, socket] = await once(outgoing, 'upgrade');
    expect(answer.headers).toMatchObject({ upgrade: 'websocket', 'x-client': '127.0.0.1' });
    socket.write('ping');
    expect(String((await once(socket, 'data'))[0])).toBe('ping');
    socket.destroy();
  });

  it.each(['h2c', 'websocket'])('takes a request with a body that offers %s as any other', async (protocol) => {
    const { port } = await gatewayOf(echo);
    const offer = `Host: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABk`;
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST /first HTTP/1.1\r\n${offer}\r\nX-Name: caf\xe9\r\nContent-Length: 8\r\n\r\n{"a`, 'latin1');
    const answers = socket[Symbol.asyncIterator]();
    await new Promise((resolve) => setImmediate(resolve));
    socket.write('":1}\n');
    const first = String((await answers.next()).value);
    expect(first).toContain(`"body":${JSON.stringify('{"a":1}\n')}`);
    expect(first).toContain('"x-name":"café"');
    expect(first).not.toMatch(/http2-settings|"upgrade"/);
    socket.write(`GET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(String((await answers.next()).value)).toContain('"url":"/next"');
    socket.destroy();
  });

  it('takes bodies of every kind from a client that offers h2c', async () => {
    const { port } = await gatewayOf(echo);
    const offer = 'Host: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk';
    const long = 'x'.repeat(300_000);
    const whole = await raw(port, `POST / HTTP/1.1\r\n${offer}\r\nContent-Length: ${long.length}\r\n\r\n${long}`);
    expect(whole).toContain(`"body":"${long}"`);
    const chunked = await raw(
      port,
      `PUT / HTTP/1.1\r\n${offer}\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`,
    );
    expect(chunked).toContain('"body":"abcde"');
    expect(await raw(port, `GET /a HTTP/1.1\r\n${offer}\r\n\r\n`)).toContain('"url":"/a"');
  });

  it.each(['POST', 'GET'])('passes the head of a %s on before its body comes, and an answer back', async (method) => {
    const { port } = await gatewayOf((_incoming, response) => void response.writeHead(405).end('early'));
    const socket = connect(port, '127.0.0.1');
    socket.write(`${method} / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 405 /);
    socket.destroy();
  });
});
