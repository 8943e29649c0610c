import type { FastifyInstance } from 'fastify';

/** Milliseconds. A function that is started for a visitor has sent the first page by then. */
const pause = 500;

/**
 * Does early what the first person to sign in would wait for, but not before a first page that has no need of it. Its failure
 * is nobody's: whoever needs the thing tries again.
 */
export function warmUp(app: FastifyInstance, task: () => Promise<unknown>): void {
  let timer: NodeJS.Timeout | undefined;
  app.addHook('onListen', async () => {
    timer = setTimeout(() => void task().catch(() => {}), pause).unref();
  });
  app.addHook('onClose', async () => clearTimeout(timer));
}
