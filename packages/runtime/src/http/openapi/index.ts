/// <reference types="@fastify/swagger" preserve="true" />
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { TokenDocumentation } from '../../auth/augment.ts';
import { type Callers, describeRoute } from './describe-route.ts';
import { securitySchemes, withTokenUrl, withUsedSchemes } from './security-schemes.ts';

export interface OpenApiOptions {
  /** Name of the API. */
  readonly title: string;
  /** @default '0.0.0' */
  readonly version?: string;
  readonly description?: string;
  /** The service's own address; `undefined` while it is not known. */
  readonly origin?: () => string | undefined;
}

/** Collects every route that is registered after it into an OpenAPI 3.1 document. Serve it with `docs`. */
export const openApi = fp(openApiPlugin, { name: 'keelson-openapi', fastify: '5.x' });

async function openApiPlugin(app: FastifyInstance, options: OpenApiOptions): Promise<void> {
  const { title, version = '0.0.0', description, origin = () => undefined } = options;
  const callers: Callers = { people: 'session' };
  app.decorate('describeTokens', (documentation: TokenDocumentation) => {
    callers.machines = documentation;
  });
  app.decorate('describePeople', (by: Callers['people']) => {
    callers.people = by;
  });
  // Only a service that shows its documentation pays for loading what makes it: production does not.
  const { default: swagger } = await import('@fastify/swagger');
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version, ...(description ? { description } : {}) },
      components: {
        securitySchemes: { ...securitySchemes },
      },
    },
    // Routes are described from their rule and schema; HEAD repeats GET.
    exposeHeadRoutes: false,
    transformObject: (made) =>
      'openapiObject' in made
        ? withUsedSchemes(withTokenUrl(made.openapiObject, callers.machines, origin()))
        : made.swaggerObject,
    transform: ({ schema, url, route }) => ({ schema: describeRoute(schema, url, route, callers), url }),
  });
}
