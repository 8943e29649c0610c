import { createService, type App } from '@keelson/runtime';
import { forms } from '@keelson/runtime/http';
import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productionEnv, quiet } from './fixtures/services.ts';

let app: App;
beforeAll(async () => {
  const service = createService(async (routes) => {
    await routes.register(forms);
    const open = { auth: 'public' } as const;
    const note = Type.Object({ text: Type.String({ maxLength: 100 }) }, { additionalProperties: false });
    const schema = { body: note, response: { 200: note } };
    routes.post('/notes', { ...open, schema }, async ({ body }) => body);
    const counts = Type.Record(Type.String(), Type.Integer());
    routes.post('/counts', { ...open, schema: { body: counts, response: { 200: Type.Object({}) } } }, async () => ({}));
    const any = Type.Object({}, { additionalProperties: true });
    routes.delete('/notes', { ...open, schema: { response: { 204: Type.Null() } } }, async (_request, reply) => {
      await reply.code(204).send(null);
    });
    routes.post('/any', { ...open, schema: { body: any, response: { 200: any } } }, async ({ body }) => body);
  });
  app = await service.build(productionEnv(), quiet);
});
afterAll(() => app.close());

const post = (url: string, payload: string | Buffer, type = 'application/json') =>
  app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload });
const form = 'application/x-www-form-urlencoded';
const numbered = (count: number, part: (index: number) => string, between: string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(between);
const object = (count: number) => `{${numbered(count, (index) => `"k${index}":1`, ',')}}`;

describe('no body, with a content type', () => {
  const remove = (payload: string) =>
    app.inject({ method: 'DELETE', url: '/notes', headers: { 'content-type': 'application/json' }, payload });

  it('is no matter to a route that takes none', async () => {
    expect((await remove('')).statusCode).toBe(204);
    expect((await remove('{"__proto__":1}')).statusCode).toBe(400);
  });

  it('→ 400 from a route that takes one', async () => {
    const answer = await post('/notes', '');
    expect([answer.statusCode, answer.json().errors]).toEqual([400, [{ path: 'body', message: 'The body is empty.' }]]);
  });
});

describe('security 49: a body of very many parts', () => {
  it.each([
    ['90 000 keys', object(90_000)],
    ['10 001 keys', object(10_001)],
    ['10 001 keys of many objects', `{"a":[${numbered(10_000, () => '{"b":1}', ',')}]}`],
  ])('JSON of %s → 400', async (_what, payload) => {
    for (const url of ['/notes', '/any']) {
      const answer = await post(url, payload);
      expect(answer.statusCode).toBe(400);
      expect(answer.json().errors).toEqual([{ path: 'body', message: 'The body has more than 10000 keys.' }]);
    }
  });

  it('JSON of 10 000 keys is taken', async () => {
    expect((await post('/any', object(10_000))).statusCode).toBe(200);
    expect((await post('/any', `{"a":"${':'.repeat(20_000)}"}`)).statusCode).toBe(200);
  });

  it('a form of 100 000 fields → 400', async () => {
    const answer = await post(
      '/notes',
      numbered(100_000, (index) => `k${index}=1`, '&'),
      form,
    );
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toEqual([{ path: 'body', message: 'The form has more than 1000 fields.' }]);
  });

  it('tells 20 errors at most', async () => {
    const answer = await post('/counts', `{${numbered(9_000, (index) => `"k${index}":"x"`, ',')}}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors.length).toBeLessThanOrEqual(20);
  });
});

describe('a form', () => {
  it('is an object of texts', async () => {
    const answer = await post('/notes', 'text=a+b%26c%0D%0A%E2%82%AC', `${form}; charset=UTF-8`);
    expect(answer.json()).toEqual({ text: 'a b&c\r\n€' });
    expect((await post('/any', '', form)).json()).toEqual({});
  });

  it.each([
    ['a field twice', 'text=a&text=b'],
    ['a field twice, one escaped', 'text=a&te%78t=b'],
    ['__proto__', 'text=a&__proto__=b'],
    ['escaped __proto__', 'text=a&%5F_proto__=b'],
    ['NUL', 'text=a%00b'],
    ['raw NUL', 'text=a\0b'],
    ['half an escape', 'text=%e'],
    ['what is not UTF-8', 'text=%ff'],
    ['raw bytes that are not UTF-8', Buffer.from([0x74, 0x3d, 0xff])],
  ])('security 49: of %s → 400', async (_what, payload) => {
    const answer = await post('/any', payload, form);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('security 45: the charset', () => {
  it.each([
    ['application/json; charset=utf-16'],
    ['application/json;charset=UTF-16LE'],
    ['application/json; charset="utf-16"'],
    ['application/json; charset=utf-8; charset=utf-16'],
    ['application/json; charset=iso-8859-1'],
    [`${form}; charset=iso-8859-1`],
  ])('%s → 415', async (type) => {
    const answer = await post('/any', '{}', type);
    expect(answer.statusCode).toBe(415);
    expect(answer.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  it.each([
    ['application/json; charset=UTF-8'],
    ['application/json; charset="utf-8"'],
    ['application/json; charset=utf8'],
  ])('%s is taken', async (type) => expect((await post('/any', '{}', type)).statusCode).toBe(200));
});
