import { defineApp } from '@keelson/contract';

export default defineApp({
  name: 'sso',
  region: 'eu-central-1',
  resources: {
    db: { kind: 'postgres' },
    login: { kind: 'login', provider: 'auth0' },
  },
  services: {
    api: {
      source: 'src/main.ts',
      port: 8000,
      health: '/health',
      compute: 'express',
      cpu: 256,
      memory: 512,
      uses: ['db', 'login'],
    },
  },
  environments: {
    dev: { ephemeral: true, logDays: 3 },
    prod: { cpu: 512, memory: 1024, tasks: 2, logDays: 30 },
  },
});
