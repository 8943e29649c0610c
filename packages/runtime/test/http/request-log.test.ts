import { type App, createService } from '@keelson/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { productionEnv, sampleRoutes } from './fixtures/services.ts';

let app: App;
const lines: string[] = [];
beforeAll(async () => {
  const service = createService(async (routes) => {
    await sampleRoutes(routes);
    const options = { auth: 'public', schema: { hide: true } } as const;
    routes.get('/reset/:token', options, async () => 'a form');
    routes.get('/from/:a-:b/rest', options, async () => 'two in one');
  });
  const logger = { write: (line: string) => void lines.push(line) };
  app = await service.build(productionEnv({ LOG_LEVEL: 'trace' }), { logger });
});
afterAll(() => app.close());
beforeEach(() => void lines.splice(0));

const logged = () => lines.map((line) => JSON.parse(line) as { msg: string; path?: string; status?: number });
const request = () => logged().find(({ msg }) => msg === 'request');

describe('the line of a request', () => {
  it("security 50: names the route, not the path, where a mail's token may be", async () => {
    expect((await app.inject('/reset/hunter2-token?x=hunter2')).statusCode).toBe(200);
    expect(request()).toMatchObject({ path: '/reset/:token', status: 200 });
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('has the path that no route knows, cut', async () => {
    await app.inject('/nothing/here?x=1');
    expect(request()).toMatchObject({ path: '/nothing/here', status: 404 });
    lines.splice(0);
    await app.inject(`/${'x'.repeat(15_000)}`);
    expect(request()?.path).toHaveLength(1_025);
  });

  it('security 50: has no JWT of an unknown path, not even the beginning of one', async () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.c2lnbmF0dXJl';
    await app.inject(`/${'x'.repeat(990)}/${token}`);
    expect(request()?.path).toMatch(/x\/\[redacted\]$/);
    expect(lines.join('')).not.toContain('eyJ');
  });
});

describe('an unknown path', () => {
  it.each([
    ['eyJ-', '/'],
    ['a.a.a.', '/eyJ/'],
    ['-', '/from/'],
  ])('of %j again and again is answered in linear time', async (part, start) => {
    const time = async (length: number) => {
      const url = start + part.repeat(length / part.length);
      const times: number[] = [];
      for (let run = 0; run < 3; run++) {
        const begun = performance.now();
        expect((await app.inject({ method: 'POST', url: `${url}/` })).statusCode).toBe(404);
        times.push(performance.now() - begun);
      }
      return Math.min(...times);
    };
    const small = await time(6_000);
    expect(small).toBeLessThan(150);
    expect((await time(24_000)) / Math.max(small, 10)).toBeLessThan(9);
  });

  it('of several parameters in one segment is told from a known one', async () => {
    const status = async (url: string) => (await app.inject({ method: 'POST', url })).statusCode;
    expect(await status('/from/1-2/rest')).toBe(405);
    expect(await status('/from/1-2/other')).toBe(404);
    expect(await status('/from//rest')).toBe(404);
  });
});
