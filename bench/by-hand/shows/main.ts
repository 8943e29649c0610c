import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import Fastify, { LogController } from 'fastify';
import { listShows, showsSchema } from './list-shows.ts';
import { requireToken } from './token.ts';

// What a competent person writes for this route with Fastify, jose and the SDK: no framework of ours, no feature beyond it.
const { TOKEN_ISSUER = '', TOKEN_CLIENT_IDS = '', TOKEN_SCOPE_PREFIX = '', SHOWS_TABLE = '', PORT, HOST } = process.env;
const dynamodb = new DynamoDBClient({});
const table = DynamoDBDocumentClient.from(dynamodb);
const logController = new LogController({ disableRequestLogging: true });
const app = Fastify({ logger: { level: 'info' }, logController });

app.addHook('onResponse', async (request, reply) => {
  const { method, url, ip } = request;
  request.log.info({ method, url, status: reply.statusCode, ms: reply.elapsedTime, ip }, 'request');
});

const message = { type: 'object', properties: { message: { type: 'string' } } };
app.get('/health', { logLevel: 'warn', schema: { response: { 200: message } } }, async () => ({ message: 'ok' }));

const onRequest = requireToken({
  issuer: TOKEN_ISSUER,
  clientIds: TOKEN_CLIENT_IDS.split(','),
  scope: `${TOKEN_SCOPE_PREFIX}/shows.read`,
});
app.get('/token', { onRequest, schema: { response: { 200: message } } }, async () => ({ message: 'welcome' }));
app.get<{ Querystring: { limit?: number; cursor?: string } }>(
  '/v1/shows',
  { onRequest, schema: showsSchema },
  async ({ query }) => listShows(table, SHOWS_TABLE, query),
);

process.once('SIGTERM', () => void app.close().then(() => dynamodb.destroy()));
await app.listen({ host: HOST ?? '127.0.0.1', port: Number(PORT) });
