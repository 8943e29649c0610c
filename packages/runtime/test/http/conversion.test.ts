import { type App, createService } from '@keelson/runtime';
import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productionEnv, quiet } from './fixtures/services.ts';

let app: App;
beforeAll(async () => {
  const service = createService((routes) => {
    const querystring = Type.Object({
      limit: Type.Optional(Type.Integer({ minimum: -5, maximum: 1_000_000 })),
      ratio: Type.Optional(Type.Number()),
      all: Type.Optional(Type.Boolean()),
      ids: Type.Optional(Type.Array(Type.Integer())),
      tags: Type.Optional(Type.Array(Type.String())),
      size: Type.Optional(Type.Union([Type.Literal('all'), Type.Integer()])),
      level: Type.Optional(Type.Enum([1, 2])),
      text: Type.Optional(Type.String()),
    });
    const params = Type.Object({ id: Type.Integer() });
    const any = Type.Object({}, { additionalProperties: true });
    routes.get(
      '/items/:id',
      { auth: 'public', schema: { params, querystring, response: { 200: any } } },
      async (request) => ({ ...request.params, ...request.query }),
    );
  });
  app = await service.build(productionEnv(), quiet);
});
afterAll(() => app.close());

describe('a query parameter', () => {
  it.each([
    ['limit=20', { limit: 20 }],
    ['limit=-5', { limit: -5 }],
    ['ratio=1.5', { ratio: 1.5 }],
    ['ratio=-2', { ratio: -2 }],
    ['all=true', { all: true }],
    ['all=0', { all: false }],
    ['ids=1&ids=2', { ids: [1, 2] }],
    ['ids=1', { ids: [1] }],
    ['tags=1', { tags: ['1'] }],
    ['size=all', { size: 'all' }],
    ['size=3', { size: 3 }],
    ['level=2', { level: 2 }],
    ['text=0x10', { text: '0x10' }],
    ['text=1', { text: '1' }],
  ])('%s is taken', async (query, expected) => {
    const answer = await app.inject(`/items/7?${query}`);
    expect(answer.json()).toEqual({ id: 7, ...expected });
  });

  it.each([
    ...['0x10', 'true', 'false', '1e1', '', '%20', '1.0', '1.', '%201', '1%20', '0b1', '0o7', '%2B1', '1_0', '١'].map(
      (text) => `limit=${text}`,
    ),
    ...['99999999999999999999', 'null', 'Infinity', '1&limit=2', '-'].map((text) => `limit=${text}`),
    ...['1e3', '.5', '0x1', 'true', 'NaN', 'Infinity', '', '1,5'].map((text) => `ratio=${text}`),
    ...['yes', 'TRUE', '2', '', 'on'].map((text) => `all=${text}`),
    ...['1&ids=x', '0x1', ''].map((text) => `ids=${text}`),
    ...['0x1', '1e1'].flatMap((text) => [`size=${text}`, `level=${text}`]),
  ])('%s → 400', async (query) => {
    expect((await app.inject(`/items/7?${query}`)).statusCode).toBe(400);
  });

  it.each(['0x10', '1e1', 'true', '1.0'])('the parameter %s of a path → 400', async (id) => {
    expect((await app.inject(`/items/${id}`)).statusCode).toBe(400);
  });
});
