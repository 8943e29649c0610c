/// <reference types="@fastify/swagger" preserve="true" />
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { isAbsent } from '../../config/optional-package.ts';
import { contentSecurityPolicy } from '../requests/content-security-policy.ts';

/** `GET /openapi.json`, and a page at `/docs` when @fastify/swagger-ui is installed. Both are public. */
export const docs = fp(docsPlugin, { name: 'keelson-docs', fastify: '5.x', dependencies: ['keelson-openapi'] });

async function docsPlugin(app: FastifyInstance): Promise<void> {
  let document: string | undefined;
  app.get('/openapi.json', { auth: 'public', schema: { hide: true } }, (_request, reply) => {
    document ??= JSON.stringify(app.swagger());
    void reply.type('application/json; charset=utf-8').send(document);
  });
  const swaggerUi = await loadSwaggerUi();
  if (!swaggerUi) {
    app.log.info(
      'No page at /docs: run `npm install @fastify/swagger-ui` to have one. The API is described at /openapi.json',
    );
    return;
  }
  let policy: string | undefined;
  await app.register(async (pages) => {
    pages.addHook('onRoute', (route) => {
      route.auth = 'public';
      route.schema = { ...route.schema, hide: true };
    });
    await pages.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: true,
      transformStaticCSP: () => (policy ??= pagePolicy(tokenOrigins(app))),
      logLevel: 'warn',
    });
  });
}

/** Swagger UI sets styles on elements; its scripts are files of its own. */
function pagePolicy(tokens: readonly string[]): string {
  return contentSecurityPolicy({
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    ...(tokens.length > 0 && { 'connect-src': ["'self'", ...tokens] }),
  });
}

/** Where the page gets a token, in development: behind a gateway that is another origin than the page's. */
function tokenOrigins(app: FastifyInstance): string[] {
  if (app.keelson?.config.production ?? true) return [];
  const { components } = app.swagger() as { components?: { securitySchemes?: Record<string, unknown> } };
  const scheme = components?.securitySchemes?.['oauth2'] as
    | { readonly flows?: { readonly clientCredentials?: { readonly tokenUrl?: string } } }
    | undefined;
  const url = scheme?.flows?.clientCredentials?.tokenUrl ?? '';
  return URL.canParse(url) ? [new URL(url).origin] : [];
}

async function loadSwaggerUi() {
  try {
    return (await import('@fastify/swagger-ui')).default;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
