import type { App, Delivery } from '@keelson/contract';
import { appWith, dev, prod } from './apps.ts';

const repository = 'https://github.com/acme/notes';

/** The map of branches and tags that the user-manager template has. */
export const mapped: Delivery = {
  provider: 'codepipeline',
  repository,
  branches: { 'feature/*': 'feature', develop: 'development', main: 'staging' },
  releases: { tags: 'v*', environment: 'prod' },
};

export const inTurn: Delivery = { provider: 'codepipeline', repository };

export const fromCodeCommit: Delivery = {
  provider: 'codepipeline',
  source: 'codecommit',
  branches: { develop: 'development', main: 'staging' },
  releases: { tags: 'v*', environment: 'prod' },
};

/** An app that CodePipeline delivers; what is given replaces the defaults. */
export function pipelined(delivery: Delivery = mapped, changes: Partial<App> = {}): App {
  return appWith('fargate', {
    name: 'notes',
    environments: {
      feature: dev,
      development: dev,
      staging: { ...prod, domain: 'staging.example.com' },
      prod: { ...prod, domain: 'app.example.com' },
    },
    delivery,
    state: { bucket: 'notes-state' },
    ...changes,
  });
}
