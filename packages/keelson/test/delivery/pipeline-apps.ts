import type { App } from '@keelson/contract';
import { appWith, withDatabase, withTwoServices } from './apps.ts';

const delivery = {
  provider: 'codepipeline',
  repository: 'https://github.com/acme/shop',
  branches: { 'feature/*': 'dev', main: 'staging' },
  releases: { tags: 'v*', environment: 'prod' },
} as const;
const environments = {
  dev: { ephemeral: true },
  staging: { domain: 'staging.example.com' },
  prod: { domain: 'shop.example.com' },
};

const pipelined = (app: App): App => ({ ...app, delivery, environments });

export const byPipeline = pipelined(appWith());
export const byPipelineWithDatabase = pipelined(withDatabase);
export const byPipelineWithTwoServices = pipelined(withTwoServices);
