import { defineApp } from '@keelson/contract';

export default defineApp({
  name: 'quick',
  region: 'us-east-1',
  resources: {
    login: { kind: 'login', provider: 'google', loginPath: '/auth/login' },
  },
  services: {
    api: {
      source: 'src/main.ts',
      port: 8000,
      health: '/health',
      // 'fargate' runs the same image in a container that is always there.
      compute: 'lambda',
      memory: 512,
      uses: ['login'],
    },
  },
  environments: {
    dev: { ephemeral: true, logDays: 3, architecture: 'arm64' },
    prod: { memory: 1024, logDays: 30, architecture: 'arm64' },
  },
});
