import type { App } from '@keelson/contract';

/** An app that CodeBuild delivers; what is given replaces the defaults. */
export function appWith(changes: Partial<App> = {}): App {
  return {
    name: 'shop',
    region: 'eu-central-1',
    services: { api: { source: 'src/main.ts', compute: 'fargate' } },
    environments: { dev: { ephemeral: true } },
    delivery: { provider: 'codebuild', repository: 'https://github.com/acme/shop' },
    state: { bucket: 'shop-terraform-state' },
    ...changes,
  };
}

export const withDatabase = appWith({
  resources: { db: { kind: 'postgres' } },
  services: { api: { source: 'src/main.ts', compute: 'fargate', uses: ['db'] } },
});

export const withTwoServices = appWith({
  services: {
    api: { source: 'src/api.ts', compute: 'fargate' },
    'mail-worker': { source: 'src/worker.ts', compute: 'fargate' },
  },
});
