import type { TokensResource } from '../resource.ts';
import { auth0 } from './auth0.ts';
import { cognito } from './cognito.ts';
import type { TokenForm } from './form.ts';
import { generic } from './generic.ts';

export type { TokenForm } from './form.ts';

export const tokenForms: Readonly<Record<TokensResource['provider'], TokenForm>> = { cognito, auth0, generic };
