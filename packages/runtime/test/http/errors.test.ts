import { type App, createService } from '@keelson/runtime';
import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productionEnv, sampleService } from './fixtures/services.ts';

let app: App;
const lines: string[] = [];
beforeAll(async () => {
  const logger = { write: (line: string) => void lines.push(line) };
  app = await sampleService().build(productionEnv({ LOG_LEVEL: 'trace' }), { logger });
});
afterAll(() => app.close());

describe('errors', () => {
  it('are problem documents that nobody caches', async () => {
    const answer = await app.inject('/nothing');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'NOT_FOUND',
      detail: 'There is nothing here.',
      requestId: answer.headers['x-request-id'],
    });
  });

  it('name the methods a known path takes', async () => {
    const answer = await app.inject({ method: 'DELETE', url: '/list/7?x=1' });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
  });

  it('say what a schema asks for and repeat nothing that was sent', async () => {
    const payload = { email: 'hunter2-email', tags: { 'hunter2-key': 'hunter2-value' } };
    const answer = await app.inject({ method: 'POST', url: '/typed', payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toEqual([
      { path: 'body/email', message: 'must match format "email"' },
      { path: 'body/tags/*', message: 'must be integer' },
    ]);
    expect(answer.body).not.toContain('hunter2');
  });

  it('name an unknown parameter of a query once, an unknown key of a body not at all, and what is missing', async () => {
    const strict = { additionalProperties: false };
    const service = createService(async (given) => {
      const schema = {
        querystring: Type.Object({ limit: Type.Optional(Type.Integer()) }, strict),
        body: Type.Object({ title: Type.String() }, strict),
        response: { 204: Type.Null() },
      };
      given.post('/strict', { auth: 'public', schema }, async (_request, reply) => reply.code(204).send(null));
    });
    const made = await service.build(productionEnv({ LOG_LEVEL: 'silent' }));
    try {
      const errorsOf = async (query: string, payload: object) =>
        (await made.inject({ method: 'POST', url: `/strict?${query}`, payload })).json().errors;
      expect(await errorsOf('page=2&limit=1', { title: 'x' })).toEqual([
        { path: 'querystring/page', message: 'is not known here' },
      ]);
      expect(await errorsOf('hunter%3C2=1&hunter%3C3=1', { title: 'x' })).toEqual([
        { path: 'querystring/*', message: 'is not known here' },
      ]);
      expect(await errorsOf('', { hunter2: 1, hunter3: 2 })).toEqual(
        expect.arrayContaining([
          { path: 'body', message: 'must have the property title' },
          { path: 'body/*', message: 'is not known here' },
        ]),
      );
    } finally {
      await made.close();
    }
  });

  it('convert a query and fill defaults, but take a body as it is', async () => {
    expect((await app.inject('/list/1?limit=20')).json()).toEqual({ limit: 20 });
    expect((await app.inject('/list/1')).json()).toEqual({ limit: 10 });
    expect((await app.inject('/list/1?limit=51')).statusCode).toBe(400);
    const payload = { email: 'a@example.com', tags: { a: '1' } };
    expect((await app.inject({ method: 'POST', url: '/typed', payload })).statusCode).toBe(400);
  });

  it('security 51: a forced 500 shows a generic body and a request id; the log has the detail', async () => {
    const answer = await app.inject('/boom');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('inner detail');
    const id = answer.json().requestId as string;
    const logged = lines
      .filter((line) => line.includes(id))
      .map((line) => JSON.parse(line) as { level: string; err?: { stack: string } });
    expect(logged.find(({ level }) => level === 'error')?.err?.stack).toContain('the inner detail');
  });

  it('a browser gets an escaped page of the same status that runs no script', async () => {
    const headers = { accept: 'text/html', 'sec-fetch-mode': 'navigate' };
    const answer = await app.inject({ url: '/<script>alert(1)</script>', headers });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; .*style-src 'sha256-/);
    expect(answer.body).toContain('There is nothing here.');
    expect(answer.body).not.toContain('<script');
  });
});

describe('security 50: secrets in every field and header', () => {
  it('appear in no log line and no error', async () => {
    const secret = 'hunter2-0123456789';
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.c2lnbmF0dXJl';
    const headers = {
      authorization: `Bearer ${jwt}`,
      cookie: `session=${secret}`,
      'x-api-key': secret,
      referer: `https://a/?code=${secret}`,
      'user-agent': secret,
    };
    const answers = await Promise.all([
      app.inject({ url: `/boom?code=${secret}&state=${secret}&token=${jwt}`, headers }),
      app.inject({ url: `/nothing?access_token=${secret}`, headers }),
      app.inject({
        method: 'POST',
        url: '/typed',
        headers,
        payload: { password: secret, email: secret, tags: { [secret]: secret } },
      }),
      app.inject({
        method: 'POST',
        url: '/typed',
        headers: { ...headers, 'content-type': 'application/json' },
        payload: `{"password":"${secret}`,
      }),
      app.inject({ method: 'POST', url: '/typed', headers: { ...headers, 'content-type': secret }, payload: secret }),
    ]);
    const refused = ['cross-site', secret].flatMap((site) =>
      [secret, `https://${secret}@a.example`, `https://a.example/${secret}`, `x:${secret}`, 'null'].map((origin) =>
        app.inject({ method: 'POST', url: '/anything', headers: { 'sec-fetch-site': site, origin }, payload: {} }),
      ),
    );
    for (const answer of await Promise.all(refused)) expect(answer.statusCode).toBe(403);
    const seen = [...lines, ...answers.map((answer) => answer.body + JSON.stringify(answer.headers))].join('\n');
    expect(seen).not.toContain('hunter2-0123456789');
    expect(seen).not.toContain(jwt);
  });

  it('a refused cross-site request is logged with an origin that is one', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://other.example:8443' };
    await app.inject({ method: 'POST', url: '/anything', headers, payload: {} });
    expect(lines.join('')).toContain('Refused a POST; site: cross-site, origin: https://other.example:8443.');
  });
});
