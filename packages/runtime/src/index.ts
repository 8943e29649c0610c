// `auth` on a route, also for a service that imports nothing else of Keelson.
import './auth/augment.ts';
export { createService, type Service, type Setup } from './http/service.ts';
export type { App } from './http/server.ts';
export type { BuildOptions, ServiceOptions } from './http/options.ts';
export { type RunOptions, runService } from './http/lifecycle/run-service.ts';
export { type Boot, currentBoot } from './config/boot.ts';
export { readEnv } from './config/read-env.ts';
export type { Secret } from './config/secret.ts';
export { secretVariable } from './config/secret-variable.ts';
export { ConfigError, KeelsonError } from './errors/index.ts';
export type { AuthRule } from './auth/rule.ts';
