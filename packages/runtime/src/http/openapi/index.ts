import '@fastify/swagger';
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { describeRoute } from './describe-route.ts';

export interface OpenApiOptions {
  /** Name of the API. */
  readonly title: string;
  /** @default '0.0.0' */
  readonly version?: string;
  readonly description?: string;
}

const sessionDescription =
  'Open /login in this browser: requests of this page then carry the session. Nothing is to be typed here.';

/** Collects every route that is registered after it into an OpenAPI 3.1 document. Serve it with `docs`. */
export const openApi = fp(openApiPlugin, { name: 'keelson-openapi', fastify: '5.x' });

async function openApiPlugin(app: FastifyInstance, options: OpenApiOptions): Promise<void> {
  const { title, version = '0.0.0', description } = options;
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version, ...(description ? { description } : {}) },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'session', description: sessionDescription },
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        },
      },
    },
    // Routes are described from their rule and schema; HEAD repeats GET.
    exposeHeadRoutes: false,
    transformObject: (made) => ('openapiObject' in made ? withUsedSchemes(made.openapiObject) : made.swaggerObject),
    transform: ({ schema, url, route }) => ({ schema: describeRoute(schema, url, route), url }),
  });
}

type Document = Parameters<NonNullable<FastifyDynamicSwaggerOptions['transformObject']>>[0];
type OpenApiDocument = Extract<Document, { openapiObject: unknown }>['openapiObject'];

/** A way to authorise that no route takes would only mislead. */
function withUsedSchemes(document: OpenApiDocument): OpenApiDocument {
  const routes = JSON.stringify(document.paths ?? {});
  const schemes: Record<string, unknown> = document.components?.securitySchemes ?? {};
  for (const name of Object.keys(schemes)) if (!routes.includes(`"security":[{"${name}":`)) delete schemes[name];
  return document;
}
