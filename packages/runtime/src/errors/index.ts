export { ConfigError } from './config-error.ts';
export { KeelsonError, type KeelsonErrorOptions } from './keelson-error.ts';
export { type ErrorCode, errorRegistry } from './registry.ts';
