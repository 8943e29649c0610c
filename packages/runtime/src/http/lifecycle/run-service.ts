import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Env } from '../../config/boot.ts';
import type { App } from '../server.ts';
import type { Service } from '../service.ts';
import { bootReport } from './boot-report.ts';
import { stopRequested } from './stop-signals.ts';

export interface RunOptions {
  /** @default process.env */
  readonly env?: Env;
}

const stopLimitMs = 25_000;
const graceInProductionMs = 5_000;

/**
 * Runs a service until it is told to stop (SIGTERM, SIGINT, the parent process is gone), and gives the exit code. Entry of
 * a bundle: `process.exit(await runService(service))`.
 *
 * Stopping: `/ready` fails and answers close their connection, new requests are taken for the grace, then those in flight
 * are finished, then clients are closed. After 25 seconds it gives up with exit code 1.
 */
export async function runService(service: Service, { env = process.env }: RunOptions = {}): Promise<number> {
  const stop = stopRequested();
  let app: App | undefined;
  try {
    app = await service.build(env);
    await app.listen({
      host: app.keelson.config.host,
      port: app.keelson.config.port,
      listenTextResolver: listening(app),
    });
  } catch (error) {
    process.stderr.write(bootReport(error));
    await app?.close();
    return 1;
  }
  announce(app);
  const cause = await stop;
  if (cause.failed) return fail(app, cause.error);
  return stopGracefully(app, cause.reason, service.options.stopGrace);
}

function listening(app: App): () => string {
  return () => `${app.keelson.config.service} is listening on port ${portOf(app)}`;
}

/** Tells a supervising parent that requests are taken, and where. */
function announce(app: App): void {
  process.send?.({ type: 'keelson:ready', port: portOf(app) });
}

function portOf(app: App): number {
  return (app.server.address() as AddressInfo).port;
}

async function stopGracefully(app: App, reason: string, grace?: number): Promise<number> {
  const { config, lifecycle } = app.keelson;
  app.log.info({ reason }, 'stopping');
  lifecycle.stopping = true;
  const limit = delay(stopLimitMs, 'late', { ref: false });
  const again = once(process, 'SIGINT').then(() => 'again' as const);
  const stopped = delay(grace ?? (config.production ? graceInProductionMs : 0))
    .then(() => app.close())
    .then(() => 'stopped' as const);
  const outcome = await Promise.race([stopped, limit, again]);
  if (outcome === 'stopped') return 0;
  app.log.error({ reason: outcome }, 'stopped before every request was finished');
  return 1;
}

function fail(app: App, error: unknown): number {
  app.log.fatal({ err: error }, 'the service failed outside a request');
  return 1;
}
