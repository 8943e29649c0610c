import { type App, createService, type ServiceOptions, type Setup } from '@keelson/runtime';
import { tokens, type TokensOptions } from '@keelson/runtime/tokens';
import type { LightMyRequestResponse } from 'fastify';
import Type from 'typebox';
import type { Issuer } from './issuer.ts';

export const scopePrefix = 'https://shows.api';

const anything = Type.Object({}, { additionalProperties: true });
export const response = { 200: anything };

/** Routes that say who came, by scope. */
export const routes: Setup = (app) => {
  const schema = { response };
  app.get('/read', { auth: { scopes: ['shows.read'] }, schema }, async ({ identity }) => ({ identity }));
  app.post('/write', { auth: { scopes: ['shows.write'] }, schema }, async ({ identity }) => ({ identity }));
  app.get('/single', { auth: { scopes: ['read'] }, schema }, async ({ identity }) => ({ identity }));
  app.get('/open', { auth: 'public', schema }, async ({ identity }) => ({ identity }));
};

export interface TokenService {
  readonly app: App;
  readonly logs: string[];
  read(token?: string, url?: string): Promise<LightMyRequestResponse>;
}

export interface TokenServiceOptions extends TokensOptions, ServiceOptions {
  readonly env?: Record<string, string | undefined>;
  readonly more?: Setup;
}

export function cognitoEnv(...issuers: Issuer[]): Record<string, string> {
  return {
    TOKEN_ISSUER: issuers.map(({ issuer }) => issuer).join(','),
    TOKEN_CLIENT_IDS: 'client-1, client-2',
    TOKEN_SCOPE_PREFIX: scopePrefix,
  };
}

export function audienceEnv(...issuers: Issuer[]): Record<string, string> {
  return { TOKEN_ISSUER: issuers.map(({ issuer }) => issuer).join(','), TOKEN_AUDIENCE: 'https://shows.example' };
}

/** A service as deployed, with the tokens plugin. */
export async function startTokenService(
  contract: Record<string, string>,
  { env = {}, more, tokenUrl, ...options }: TokenServiceOptions = {},
): Promise<TokenService> {
  const logs: string[] = [];
  const service = createService(async (app) => {
    await app.register(tokens, tokenUrl === undefined ? {} : { tokenUrl });
    await routes(app);
    await more?.(app);
  }, options);
  const base = { NODE_ENV: 'production', PUBLIC_URL: 'https://app.example.com', PORT: '0', HOST: '127.0.0.1' };
  const app = await service.build(
    { ...base, ...contract, ...env },
    { logger: { write: (line) => void logs.push(line) } },
  );
  const read = async (token?: string, url = '/read') =>
    app.inject({ url, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  return { app, logs, read };
}
