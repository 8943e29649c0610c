import { defineApp } from '@keelson/contract';

export default defineApp({
  name: 'show-service',
  region: 'ap-southeast-2',
  resources: {
    shows: {
      kind: 'table',
      key: { slug: 'string' },
      indexes: { gsi_drm_episode: { hash: { drmKey: 'number' }, range: { episodeCount: 'number' } } },
      name: 'shows-{env}',
    },
    tokens: {
      kind: 'tokens',
      provider: 'cognito',
      identifier: 'https://{app}-{env}.api',
      scopes: { 'shows.read': 'Read shows', 'shows.write': 'Write shows' },
      clients: { shows: ['shows.read', 'shows.write'] },
    },
  },
  services: {
    api: {
      source: 'src/main.ts',
      port: 8080,
      health: '/health',
      compute: 'fargate',
      ingress: 'http-api',
      cpu: 256,
      memory: 512,
      uses: ['shows', 'tokens'],
      // Pages of these sites may call the API with a token (CORS). Write your own, or remove the line.
      corsOrigins: ['https://shows.example.com'],
      names: { logGroup: '/ecs/{app}-{env}', targetGroup: '{app}-{env}-tg' },
      routes: {
        'GET /v1/shows': { scopes: ['shows.read'] },
        'POST /v1/shows': { scopes: ['shows.write'] },
        'GET /shows': { scopes: ['shows.read'] },
        'POST /shows': { scopes: ['shows.write'] },
        'GET /v1/health': 'public',
        'GET /health': 'public',
      },
    },
  },
  environments: {
    dev: { ephemeral: true, logDays: 3 },
    test: { cpu: 512, memory: 1024, logDays: 7 },
    prod: { cpu: 512, memory: 1024, tasks: 2, logDays: 14 },
  },
  delivery: { provider: 'codebuild', repository: 'https://github.com/acme/show-service' },
  // A pipeline and a person share the state. Choose a name that nobody else in AWS has.
  state: { bucket: 'show-service-terraform-state' },
});
