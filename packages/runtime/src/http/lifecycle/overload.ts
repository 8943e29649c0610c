import { performance } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { KeelsonError } from '../../errors/index.ts';

export interface OverloadOptions {
  /** Milliseconds that the event loop may be late. @default 1000 */
  readonly maxDelayMs?: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route is answered although the service is overloaded, and its requests are logged at debug only. */
    vital?: boolean;
  }
}

const sampleMs = 500;

/**
 * Answers 503 at once while the event loop is late, so that a busy service recovers instead of queueing.
 * A loop that is late because the process was suspended (Lambda, a closed laptop) is not busy: it was idle meanwhile.
 * That is why @fastify/under-pressure, which cannot tell the two apart and wakes an idle process every 10 ms, is not used.
 */
export const overload = fp(overloadPlugin, { name: 'keelson-overload', fastify: '5.x' });

async function overloadPlugin(app: FastifyInstance, { maxDelayMs = 1_000 }: OverloadOptions): Promise<void> {
  let overloaded = false;
  let timer: NodeJS.Timeout | undefined;

  const watch = () => {
    let expected = performance.now() + sampleMs;
    let utilization = performance.eventLoopUtilization();
    return setInterval(() => {
      const now = performance.now();
      const current = performance.eventLoopUtilization();
      const busy = performance.eventLoopUtilization(current, utilization).utilization > 0.5;
      overloaded = busy && now - expected > maxDelayMs;
      expected = now + sampleMs;
      utilization = current;
    }, sampleMs).unref();
  };
  app.addHook('onClose', async () => clearInterval(timer));

  app.addHook('onRequest', (request, _reply, done) => {
    // Not before: a start keeps the loop busy for long, and nobody waits for an answer meanwhile.
    timer ??= watch();
    if (!overloaded || request.routeOptions.config.vital === true) return done();
    done(new KeelsonError('OVERLOADED', { retryAfter: 2, detail: 'The event loop is late.' }));
  });
}
