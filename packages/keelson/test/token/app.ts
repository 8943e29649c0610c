/** An app with machine tokens behind an HTTP API. @param more further resources, as source text */
export const config = (more = '') => `import { defineApp } from '@keelson/contract';
export default defineApp({
  name: 'shows', region: 'ap-southeast-2',
  resources: {
    tokens: {
      kind: 'tokens', provider: 'cognito',
      scopes: { 'shows.read': 'Read shows', 'shows.write': 'Write shows' },
      clients: { shows: ['shows.read', 'shows.write'], reader: ['shows.read'] },
    },${more}
  },
  services: {
    api: {
      source: 'src/main.ts', compute: 'fargate', ingress: 'http-api', uses: ['tokens'],
      corsOrigins: ['https://app.example.com'],
      routes: { 'GET /v1/shows': { scopes: ['shows.read'] }, 'GET /environment': 'public' },
    },
  },
});
`;

/** Leaves checking to the gateway, and tells what it was started with. */
const service = `import { createService } from '@keelson/runtime';
import Type from 'typebox';
export default createService(async (app) => {
  const schema = { response: { 200: Type.Record(Type.String(), Type.String()) } };
  app.get('/v1/shows', { auth: 'public', schema }, async () => ({ response: 'shows' }));
  const names = ['CLIENT_ADDRESS_HEADER', 'CORS_ORIGINS', 'TOKEN_ISSUER', 'TOKEN_CLIENT_IDS', 'TOKEN_SCOPE_PREFIX'];
  app.get('/environment', { auth: 'public', schema }, async () =>
    Object.fromEntries(names.map((name) => [name, process.env[name] ?? ''])));
});
`;

export const files = { 'keelson.config.ts': config(), 'src/main.ts': service };
