export { type SerializedError, serializeError } from './error-serializer.ts';
export type { Log } from './log.ts';
export { type LogSettings, createLogger, createPrettyLogger, logOptions } from './logger.ts';
export { redactFields, redactText } from './redact.ts';
export { isSensitive, redacted } from './sensitive.ts';
export { type LogTarget, serviceLogger } from './service-logger.ts';
