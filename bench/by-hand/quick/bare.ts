import Fastify from 'fastify';

// The least that answers the two requests of the measurement: what Fastify and Node cost alone.
const { PORT, HOST } = process.env;
const app = Fastify({ logger: true });

app.get('/health', async () => ({ status: 'ok' }));
app.get('/', async (_request, reply) =>
  reply.type('text/html; charset=utf-8').send('<!doctype html><title>Quick</title><a href="/auth/login">Sign in</a>'),
);

await app.listen({ host: HOST ?? '127.0.0.1', port: Number(PORT) });
