export { type Boot, type BootScope, type Env, createBootScope, currentBoot, runInBootScope } from './boot.ts';
export { type KitNamesOptions, type KitNamesResult, fromKitNames } from './kit-names.ts';
export { isAbsent, optionalPackage } from './optional-package.ts';
export { type PublicUrl, publicUrl } from './public-url.ts';
export { readEnv } from './read-env.ts';
export type { Secret } from './secret.ts';
export { type SecretVariableOptions, secretVariable } from './secret-variable.ts';
export { type ServiceConfig, readServiceConfig } from './service-config.ts';
