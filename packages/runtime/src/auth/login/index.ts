export type { Person } from '../identity.ts';
export type { LoginOptions } from './options.ts';
export type { OnSignIn } from './login.ts';
export { login } from './plugin.ts';
export type { ProviderName } from './providers/index.ts';
