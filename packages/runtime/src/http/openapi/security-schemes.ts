import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { TokenDocumentation } from '../../auth/augment.ts';

const sessionDescription =
  'Open /login in this browser: requests of this page then carry the session. Nothing is to be typed here.';

/** How callers prove who they are, before it is known what routes ask for. */
export const securitySchemes = {
  session: { type: 'apiKey', in: 'cookie', name: 'session', description: sessionDescription },
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  oauth2: { type: 'oauth2', flows: {} },
} as const;

type Document = Parameters<NonNullable<FastifyDynamicSwaggerOptions['transformObject']>>[0];
type OpenApiDocument = Extract<Document, { openapiObject: unknown }>['openapiObject'];

/** Lets the page get a token by itself: its scopes are those that routes ask for, spelled as the issuer spells them. */
export function withTokenUrl(
  document: OpenApiDocument,
  tokens: TokenDocumentation | undefined,
  origin: string | undefined,
) {
  if (tokens?.tokenUrl === undefined) return document;
  const names = new Set(requirementsOf(document).flatMap(({ oauth2 = [] }) => oauth2));
  const scopes = Object.fromEntries([...names].sort().map((name) => [name, '']));
  const tokenUrl = origin === undefined ? tokens.tokenUrl : new URL(tokens.tokenUrl, origin).href;
  const schemes: Record<string, unknown> = document.components?.securitySchemes ?? {};
  schemes['oauth2'] = { type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes } } };
  return document;
}

/** The security requirements of all routes. */
function requirementsOf({ paths = {} }: OpenApiDocument): Record<string, string[]>[] {
  return Object.values(paths).flatMap((path) =>
    Object.values<unknown>(path ?? {}).flatMap((operation) => {
      const has = typeof operation === 'object' && operation !== null && 'security' in operation;
      return has ? (operation.security as Record<string, string[]>[]) : [];
    }),
  );
}

/** A way to authorise that no route takes would only mislead. */
export function withUsedSchemes(document: OpenApiDocument): OpenApiDocument {
  const used = new Set(requirementsOf(document).flatMap(Object.keys));
  const schemes: Record<string, unknown> = document.components?.securitySchemes ?? {};
  for (const name of Object.keys(schemes)) if (!used.has(name)) delete schemes[name];
  return document;
}
