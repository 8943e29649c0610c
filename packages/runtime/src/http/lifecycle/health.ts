import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import Type from 'typebox';
import type { Lifecycle } from '../keelson.ts';

export interface HealthOptions {
  readonly lifecycle: Lifecycle;
  /** Dependencies of the service; a check rejects when its dependency cannot be used. */
  readonly checks: ReadonlyMap<string, () => Promise<void>>;
}

const checkLimitMs = 2_000;
const healthy = Type.Object({ status: Type.Literal('ok') });
const unready = Type.Object({ status: Type.String(), failing: Type.Array(Type.String()) });

/**
 * `GET /health`: the process is alive; touches nothing, because a check that touches a database keeps it from pausing.
 * `GET /ready`: every dependency can be used, and the service is not stopping. A service's own routes of these names win.
 */
export const health = fp(healthPlugin, { name: 'keelson-health', fastify: '5.x' });

async function healthPlugin(app: FastifyInstance, options: HealthOptions): Promise<void> {
  const shared = { auth: 'public', config: { vital: true } } as const;
  if (!app.hasRoute({ method: 'GET', url: '/health' })) {
    const schema = { summary: 'Whether the process is alive', tags: ['service'], response: { 200: healthy } };
    app.get('/health', { ...shared, schema }, (_request, reply) => void reply.send({ status: 'ok' }));
  }
  if (!app.hasRoute({ method: 'GET', url: '/ready' })) {
    const schema = {
      summary: 'Whether every dependency can be used',
      tags: ['service'],
      response: { 200: healthy, 503: unready },
    };
    app.get('/ready', { ...shared, schema }, async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      if (options.lifecycle.stopping) return reply.code(503).send({ status: 'stopping', failing: [] });
      const failing = await failingChecks(app, options.checks);
      if (failing.length > 0) return reply.code(503).send({ status: 'unready', failing });
      return { status: 'ok' as const };
    });
  }
}

async function failingChecks(app: FastifyInstance, checks: HealthOptions['checks']): Promise<string[]> {
  const results = await Promise.all(
    [...checks].map(async ([name, check]) => ((await passes(app, name, check)) ? [] : [name])),
  );
  return results.flat();
}

async function passes(app: FastifyInstance, name: string, check: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${checkLimitMs} ms.`)), checkLimitMs);
  });
  try {
    await Promise.race([check(), limit]);
    return true;
  } catch (error) {
    app.log.warn({ err: error, dependency: name }, `${name} is not ready`);
    return false;
  } finally {
    clearTimeout(timer);
  }
}
