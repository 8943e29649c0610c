import { auth0 } from './auth0.ts';
import { cognito } from './cognito.ts';
import { generic } from './generic.ts';
import { google } from './google.ts';
import type { Provider } from './provider.ts';

export const providers = { auth0, google, cognito, generic } satisfies Record<string, Provider>;

export type ProviderName = keyof typeof providers;

export const providerNames = ['auth0', 'google', 'cognito', 'generic'] as const satisfies readonly ProviderName[];
