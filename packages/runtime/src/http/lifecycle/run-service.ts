import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Env } from '../../config/boot.ts';
import type { App } from '../server.ts';
import type { Service } from '../service.ts';
import { bootReport } from './boot-report.ts';
import { type StopCause, stopRequested } from './stop-signals.ts';

export interface RunOptions {
  /** @default process.env */
  readonly env?: Env;
  /** Where people open it on this machine, for the log: that of `keelson dev`. @default `PUBLIC_URL`, where everything is local */
  readonly localAddress?: string | undefined;
}

const stopLimitMs = 25_000;
const graceInProductionMs = 5_000;

/**
 * Runs a service until it is told to stop (SIGTERM, SIGINT, the parent process is gone), and gives the exit code. Entry of
 * a bundle: `process.exit(await runService(service))`.
 *
 * Stopping: `/ready` fails and answers close their connection, new requests are taken for the grace, then those in flight
 * are finished, then clients are closed. There is no grace on Lambda, which kills after two seconds and sends nothing more.
 * After 25 seconds it gives up with exit code 1.
 */
export async function runService(service: Service, options: RunOptions = {}): Promise<number> {
  const stop = stopRequested();
  // A boot that waits for something must not keep the process from being stopped.
  const started = await Promise.race([start(service, options), stop]);
  if (started === undefined) return 1;
  if ('failed' in started) return stoppedWhileBooting(started);
  announce(started);
  const cause = await stop;
  if (cause.failed) return fail(started, cause.error);
  return stopGracefully(started, cause.reason, service.options.stopGrace);
}

async function start(service: Service, { env = process.env, localAddress }: RunOptions): Promise<App | undefined> {
  let app: App | undefined;
  try {
    app = await service.build(env);
    const { host, port } = app.keelson.config;
    await app.listen({ host, port, listenTextResolver: listening(app, localAddress) });
    return app;
  } catch (error) {
    process.stderr.write(bootReport(error));
    await app?.close();
    return undefined;
  }
}

function stoppedWhileBooting(cause: StopCause): number {
  if (!cause.failed) return 0;
  process.stderr.write(bootReport(cause.error));
  return 1;
}

/** Fastify asks once for each address of this machine. */
function listening(app: App, localAddress: string | undefined): (address: string) => string {
  const { config, publicUrl } = app.keelson;
  // Under `keelson dev` the port is one behind the gateway, and nobody should open it.
  const behindGateway = config.environment === 'local' ? (localAddress ?? publicUrl.peek()?.origin) : undefined;
  let isTold = false;
  return (address) => {
    if (isTold) return `${config.service} listens on ${address} too`;
    isTold = true;
    return `${config.service} is ${behindGateway ? `up at ${behindGateway}` : `listening on port ${portOf(app)}`}`;
  };
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
  const stopped = delay(grace ?? (config.production && !config.lambda ? graceInProductionMs : 0))
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
