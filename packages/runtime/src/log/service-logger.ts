import type { DestinationStream, Logger } from 'pino';
import type { ServiceConfig } from '../config/service-config.ts';
import type { Env } from '../config/boot.ts';
import { createLogger, createPrettyLogger } from './logger.ts';

/** `false`: no logs; a stream: JSON lines into it. @default standard output */
export type LogTarget = false | DestinationStream;

/** The logger of a service: readable in development on a terminal (or with `KEELSON_PRETTY_LOGS=1`), otherwise JSON. */
export async function serviceLogger(config: ServiceConfig, env: Env, target?: LogTarget): Promise<Logger> {
  const settings = { level: config.logLevel, service: config.service, environment: config.environment };
  if (target === false) return createLogger({ ...settings, level: 'silent' });
  if (target) return createLogger(settings, target);
  return (wantsPretty(config, env) && (await createPrettyLogger(settings))) || createLogger(settings);
}

function wantsPretty(config: ServiceConfig, env: Env): boolean {
  return !config.production && (process.stdout.isTTY === true || env['KEELSON_PRETTY_LOGS'] === '1');
}
