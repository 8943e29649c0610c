import Fastify, { LogController } from 'fastify';
import { importJWK, jwtVerify } from 'jose';
import { Pool } from 'pg';

// What a competent person writes for this route and nothing else: a token's signature is checked, and a page of users read.
const { DATABASE_URL, PUBLIC_JWK = '', ISSUER = '', PORT, HOST } = process.env;
const key = await importJWK(JSON.parse(PUBLIC_JWK) as Record<string, string>, 'EdDSA');
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

const user = {
  type: 'object',
  properties: { id: { type: 'integer' }, email: { type: 'string' }, active: { type: 'boolean' } },
};
const schema = {
  querystring: {
    type: 'object',
    additionalProperties: false,
    properties: {
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      cursor: { type: 'string', pattern: '^[0-9]{1,9}$' },
      search: { type: 'string', minLength: 1, maxLength: 254 },
    },
  },
  response: {
    200: { type: 'object', properties: { users: { type: 'array', items: user }, cursor: { type: 'string' } } },
  },
};

interface Query {
  limit: number;
  cursor?: string;
  search?: string;
}

app.get<{ Querystring: Query }>(
  '/users',
  {
    schema,
    onRequest: async (request, reply) => {
      const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (!token || !(await isAdmin(token))) return reply.code(401).send({ error: 'unauthenticated' });
      reply.header('cache-control', 'no-store');
    },
  },
  async ({ query: { limit, cursor, search } }) => {
    const { rows } = await pool.query<{ id: number; email: string; active: boolean }>(
      `select id, email, active from users
       where ($1::int is null or id < $1) and ($2::text is null or position($2 in email) > 0)
       order by id desc limit $3`,
      [cursor ?? null, search?.toLowerCase() ?? null, limit + 1],
    );
    const users = rows.slice(0, limit);
    return { users, cursor: rows.length > limit ? String(users.at(-1)?.id) : undefined };
  },
);

async function isAdmin(token: string): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(token, key, { issuer: ISSUER, audience: ISSUER, algorithms: ['EdDSA'] });
    return Array.isArray(payload['roles']) && payload['roles'].includes('admin');
  } catch {
    return false;
  }
}

process.once('SIGTERM', () => void app.close().then(() => pool.end()));
await app.listen({ host: HOST ?? '127.0.0.1', port: Number(PORT) });
