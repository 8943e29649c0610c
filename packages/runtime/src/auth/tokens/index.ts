export type { Machine } from '../identity.ts';
export type { AudienceRules, ClientRules, TokenRules, TokenVerifierOptions } from './options.ts';
export { tokens, type TokensOptions } from './plugin.ts';
export { InvalidTokenError, type RefusalReason } from './refusal.ts';
export { createTokenVerifier, type TokenVerifier } from './verifier.ts';
