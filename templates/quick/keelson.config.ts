import { defineApp } from '@keelson/contract';

export default defineApp({
  name: 'quick',
  region: 'us-east-1',
  resources: {
    // hostedDomain: 'example.com' lets in people of that Google Workspace only.
    // existingSecret: { name: 'my-app/sso-secrets' } reads client id, client secret and session key from a secret that is
    // there already.
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
    // arm64 costs a fifth less than x86_64. The image is built for it.
    dev: { ephemeral: true, logDays: 3, architecture: 'arm64' },
    prod: { memory: 1024, logDays: 30, architecture: 'arm64' },
  },
});
