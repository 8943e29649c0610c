import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { type Boot, currentBoot } from '../../config/boot.ts';
import { ConfigError } from '../../errors/index.ts';
import '../augment.ts';
import { ambiguous, bearerChallenge, bearerToken, hasTokenInForm } from '../bearer.ts';
import type { Machine } from '../identity.ts';
import { describeTokens } from './documentation.ts';
import type { TokenVerifierOptions } from './options.ts';
import { InvalidTokenError } from './refusal.ts';
import { readTokenSettings } from './settings.ts';
import { createTokenVerifier, type TokenVerifier } from './verifier.ts';

export interface TokensOptions {
  /**
   * Where a machine gets a token, for the API's documentation: a path below `PUBLIC_URL` or a URL.
   * @default '/oauth/token' with `TOKEN_CLIENT_IDS`, otherwise none
   */
  readonly tokenUrl?: string;
  /** Source of the environment. @default the service that is being set up, else `process.env` */
  readonly boot?: Boot;
}

/**
 * Lets machines in that show an access token. Needs the `guard` plugin, to which it adds the authenticator that meets the
 * rule `{ scopes }`.
 *
 * Reads `TOKEN_ISSUER` and either `TOKEN_CLIENT_IDS` (with `TOKEN_SCOPE_PREFIX`) or `TOKEN_AUDIENCE`.
 */
export const tokens = fp(addTokens, { name: 'keelson-tokens', fastify: '5.x', dependencies: ['keelson-guard'] });

async function addTokens(app: FastifyInstance, options: TokensOptions): Promise<void> {
  const boot = options.boot ?? currentBoot();
  const settings = readTokenSettings(boot);
  describeTokens(app, settings, options.tokenUrl);
  const verifier = createVerifier(settings);
  app.addAuthenticator({
    kind: 'bearer',
    authenticate: (request) => authenticate(verifier, request),
    challenge: bearerChallenge,
  });
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.identity?.kind !== 'machine' || !hasTokenInForm(request)) return done();
    done(ambiguous('The request has an access token in its form.'));
  });
  boot.readiness('tokens', () => verifier.ready());
  // The first machine should not wait for the keys; a server that is not there yet is asked again when one comes.
  app.addHook('onReady', async () => void verifier.ready().catch(() => {}));
}

/** With settings that were reported as unusable the service does not start: it only needs something to go on with. */
function createVerifier(settings: TokenVerifierOptions): TokenVerifier {
  try {
    return createTokenVerifier(settings);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return createTokenVerifier({ issuers: ['https://issuer.invalid'], audiences: ['none'] });
  }
}

/** A token that is known already is checked without a promise: this runs on every request. */
function authenticate(verifier: TokenVerifier, request: FastifyRequest): Machine | null | Promise<Machine | null> {
  const token = bearerToken(request);
  if (token === null) return null;
  return verifier.peek(token) ?? verify(verifier, token, request);
}

async function verify(verifier: TokenVerifier, token: string, { log }: FastifyRequest): Promise<Machine | null> {
  try {
    return await verifier.verify(token);
  } catch (error) {
    if (!(error instanceof InvalidTokenError)) throw error;
    log.warn({ event: 'token-refused', reason: error.reason }, 'An access token was refused');
    return null;
  }
}
