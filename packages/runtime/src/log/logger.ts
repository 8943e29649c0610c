import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  type Logger,
  type LoggerOptions,
  pino,
} from 'pino';
import { isAbsent } from '../config/optional-package.ts';
import { serializeError } from './error-serializer.ts';
import { redactFields, redactText } from './redact.ts';

export interface LogSettings {
  /** pino level. @default 'info' */
  readonly level?: string;
  readonly service?: string;
  readonly environment?: string;
}

/** pino options of every Keelson process: level as text, ISO time, secrets redacted in every field and text. */
export function logOptions({ level = 'info', service, environment }: LogSettings = {}): LoggerOptions {
  return {
    level,
    base: { ...(service ? { service } : {}), ...(environment ? { environment } : {}) },
    timestamp: () => `,"time":"${new Date(Date.now()).toISOString()}"`,
    formatters: { level: (label) => ({ level: label }), log: redactFields },
    serializers: { err: serializeError, error: serializeError },
    hooks: { streamWrite: redactText },
  };
}

/**
 * A logger of one JSON line per event on standard output.
 * @param destination where lines go instead, e.g. a test's memory
 */
export function createLogger(settings: LogSettings, destination?: DestinationStream): Logger {
  return redactChildren(destination ? pino(logOptions(settings), destination) : pino(logOptions(settings)));
}

/** The same for a person's terminal, when pino-pretty is installed; `undefined` when it is not. */
export async function createPrettyLogger(settings: LogSettings): Promise<Logger | undefined> {
  const pretty = await loadPretty();
  if (!pretty) return undefined;
  const ignore = 'pid,hostname,service,environment,requestId,client';
  const stream = pretty({
    colorize: process.stdout.isTTY === true,
    translateTime: 'HH:MM:ss',
    ignore,
    singleLine: true,
    sync: true,
  });
  return redactChildren(pino(logOptions(settings), stream));
}

/** pino's formatters see what is logged, but not the fields that a child logger carries. */
function redactChildren(logger: Logger): Logger {
  const child: Child = logger.child;
  const redactingChild: Child = function (bindings, options) {
    return child.call(this, redactFields(bindings), options);
  };
  return Object.assign(logger, { child: redactingChild });
}

type Child = (this: Logger, bindings: Bindings, options?: ChildLoggerOptions) => Logger;

async function loadPretty() {
  try {
    return (await import('pino-pretty')).default;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
