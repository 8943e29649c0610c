import { createService } from '@keelson/runtime';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { buildSample, productionEnv, quiet } from './fixtures/services.ts';

interface Operation {
  operationId: string;
  security: object[];
  responses: Record<string, unknown>;
}

describe('documentation', () => {
  it('describes every route with its rule and its problems', async () => {
    const response = { 200: Type.Object({ id: Type.String() }) };
    const app = await createService(
      (app) => {
        app.addAuthenticator({ kind: 'session', authenticate: () => null, challenge: () => 'Session' });
        app.get('/v1/notes/:id', { schema: { response } }, async () => ({ id: '1' }));
        app.get('/open', { auth: 'public', schema: { response } }, async () => ({ id: '1' }));
      },
      { docs: true, title: 'Notes', version: '1.2.3' },
    ).build(productionEnv(), quiet);

    const document = (await app.inject('/openapi.json')).json() as {
      openapi: string;
      info: object;
      paths: Record<string, Record<string, Operation>>;
    };
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Notes', version: '1.2.3' } });
    const note = document.paths['/v1/notes/{id}']?.['get'];
    expect(note).toMatchObject({ operationId: 'getV1NotesById', security: [{ session: [] }] });
    expect(Object.keys(note?.responses ?? {})).toEqual(expect.arrayContaining(['200', '401', '403', 'default']));
    expect(document.paths['/open']?.['get']).toMatchObject({ operationId: 'getOpen', security: [] });
    expect(document.paths['/health']).toBeDefined();
    await app.close();
  });

  it('has a page whose policy allows its own scripts only', async () => {
    const app = await buildSample({}, { PORT: '0' });
    const page = await app.inject('/docs/');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toMatch(/default-src 'self'; object-src 'none'/);
    expect(page.body).not.toMatch(/<script>/);
    await app.close();
  });

  it('is off in production unless asked for', async () => {
    const hidden = await buildSample();
    const shown = await buildSample({}, productionEnv({ DOCS: '1' }));
    expect((await hidden.inject('/openapi.json')).statusCode).toBe(404);
    expect((await hidden.inject('/docs/')).statusCode).toBe(404);
    expect((await shown.inject('/openapi.json')).statusCode).toBe(200);
    await Promise.all([hidden.close(), shown.close()]);
  });
});
