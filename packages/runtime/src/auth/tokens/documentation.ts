import type { FastifyInstance } from 'fastify';
import '../augment.ts';
import type { TokenVerifierOptions } from './options.ts';

/** Tells the API's documentation how a machine gets a token, so that its page can get one. */
export function describeTokens(app: FastifyInstance, settings: TokenVerifierOptions, tokenUrl?: string): void {
  if (!app.hasDecorator('describeTokens')) return;
  const isCognito = 'clientIds' in settings;
  const prefix = isCognito && settings.scopePrefix !== undefined ? `${settings.scopePrefix}/` : '';
  const address = tokenUrl ?? (isCognito ? '/oauth/token' : undefined);
  app.describeTokens({ scopePrefix: prefix, ...(address === undefined ? {} : { tokenUrl: address }) });
}
