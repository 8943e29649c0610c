import { defineApp } from '@keelson/contract';

export default defineApp({
  name: 'user-manager',
  region: 'eu-central-1',
  resources: {
    db: { kind: 'postgres' },
    accounts: { kind: 'accounts', registration: 'first' },
    mail: { kind: 'mail', from: 'no-reply@{domain}' },
    logs: { kind: 'log-search' },
  },
  services: {
    api: {
      source: 'src/main.ts',
      port: 5000,
      health: '/health',
      compute: 'fargate',
      cpu: 256,
      memory: 512,
      uses: ['db', 'accounts', 'mail', 'logs'],
    },
  },
  environments: {
    feature: { ephemeral: true, domain: 'feature.users.example.com', hostedZone: 'users.example.com', logDays: 3 },
    development: { ephemeral: true, domain: 'dev.users.example.com', hostedZone: 'users.example.com', logDays: 7 },
    staging: { domain: 'staging.users.example.com', hostedZone: 'users.example.com', logDays: 14 },
    prod: {
      domain: 'users.example.com',
      hostedZone: 'users.example.com',
      cpu: 512,
      memory: 1024,
      tasks: 2,
      logDays: 30,
      encryption: 'kms',
    },
  },
  delivery: {
    provider: 'codepipeline',
    repository: 'https://github.com/acme/user-manager',
    branches: { 'feature/*': 'feature', develop: 'development', main: 'staging' },
    releases: { tags: 'v*', environment: 'prod' },
  },
  state: { bucket: 'user-manager-terraform-state' },
});
