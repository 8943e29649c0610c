import Fastify, { LogController } from 'fastify';
import { Pool } from 'pg';
import { listNotes, notesSchema } from './notes.ts';
import { requireSession } from './session.ts';

// What a competent person writes for these three routes and nothing else: no framework of ours, no feature beyond them.
const { DATABASE_URL, SESSION_KEY = '', PORT, HOST } = process.env;
const key = Buffer.from(SESSION_KEY, 'base64url');
const pool = new Pool({ connectionString: DATABASE_URL, max: 10 });
const logController = new LogController({ disableRequestLogging: true });
const app = Fastify({ logger: { level: 'info' }, logController });

pool.on('error', (error) => app.log.error(error, 'idle database connection failed'));
app.addHook('onResponse', async (request, reply) => {
  const { method, url, ip } = request;
  request.log.info({ method, url, status: reply.statusCode, ms: reply.elapsedTime, ip }, 'request');
});

const statusSchema = { type: 'object', properties: { status: { type: 'string' } } };
app.get('/health', { logLevel: 'warn', schema: { response: { 200: statusSchema } } }, async () => ({ status: 'ok' }));

const onRequest = requireSession(pool, key);
const greetingSchema = {
  type: 'object',
  properties: { message: { type: 'string' }, name: { type: 'string' }, email: { type: 'string' } },
};
app.get('/', { onRequest, schema: { response: { 200: greetingSchema } } }, async ({ session }) => {
  const { name = '', email } = session ?? {};
  return { message: `Hello, ${name}`, name, email };
});

app.get<{ Querystring: { limit: number; before?: string } }>(
  '/notes',
  { onRequest, schema: notesSchema },
  async ({ session, query }) => listNotes(pool, session?.iss ?? '', session?.sub ?? '', query),
);

process.once('SIGTERM', () => void app.close().then(() => pool.end()));
await app.listen({ host: HOST ?? '127.0.0.1', port: Number(PORT) });
