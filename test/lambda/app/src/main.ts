import { setTimeout as wait } from 'node:timers/promises';
import { createService } from '@keelson/runtime';

const anything = { type: 'object', additionalProperties: true } as const;
const open = { auth: 'public', schema: { response: { 200: anything } } } as const;
const hidden = { auth: 'public', schema: { hide: true } } as const;

let inFlight = 0;
let most = 0;

export default createService((app) => {
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.get('/request', open, async ({ headers, query, ip, url }) => ({ headers, query, ip, url }));
  app.get('/cookies', hidden, async (_request, reply) => {
    const far = 'Expires=Wed, 21 Oct 2099 07:28:00 GMT';
    reply.header('set-cookie', ['a=1; Path=/', `b=2; Path=/; ${far}; HttpOnly`, 'c=x=y; Path=/; SameSite=Lax']);
    return reply.type('text/plain; charset=utf-8').send('set');
  });
  app.post('/bytes', hidden, async ({ body }, reply) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    return reply.type('application/octet-stream').send(bytes);
  });
  app.get<{ Params: { size: number } }>(
    '/bytes/:size',
    { auth: 'public', schema: { hide: true, params: { type: 'object', properties: { size: { type: 'integer' } } } } },
    async ({ params }, reply) => reply.type('image/png').send(Buffer.alloc(params.size, 0x89)),
  );
  app.get('/page', hidden, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send('<p>Grüße, 日本 👋</p>'),
  );
  app.get('/empty', hidden, async (_request, reply) => reply.code(204).send());
  app.get('/boom', hidden, async () => {
    throw new Error('the inner detail');
  });
  app.get('/exit', hidden, async () => process.exit(3));
  app.get('/in-flight', open, async () => {
    most = Math.max(most, ++inFlight);
    await wait(20);
    inFlight--;
    return { most };
  });
});
