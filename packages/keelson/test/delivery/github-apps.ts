import type { App } from '@keelson/contract';
import { template } from '../../../infra/test/template.ts';
import { appWith, withDatabase, withTwoServices } from './apps.ts';

const delivery = {
  provider: 'github-actions',
  repository: 'https://github.com/ada/shop',
  github: { ownerId: '11', repositoryId: '22' },
} as const;
const environments = { dev: { ephemeral: true }, prod: { domain: 'shop.example.com' } };

const fromGitHub = (app: App): App => ({ ...app, delivery, environments });

export const byGitHub = fromGitHub(appWith());
export const byGitHubWithDatabase = fromGitHub(withDatabase);
export const byGitHubWithTwoServices = fromGitHub(withTwoServices);
export const byGitHubWithFunction = fromGitHub(
  appWith({
    services: { api: { source: 'src/main.ts', compute: 'lambda', uses: ['login'] } },
    resources: { login: { kind: 'login', provider: 'google' } },
  }),
);
/** Everything that is given by name is given, and names are as awkward as they may be. */
export const awkward: App = {
  ...byGitHubWithTwoServices,
  name: 'on',
  environments: {
    null: { ephemeral: true, architecture: 'arm64' },
    'pre-prod': { ephemeral: true, architecture: 'arm64' },
  },
  delivery: { ...delivery, branch: '1.0', github: { legacy: true, environments: { null: '0x1F', 'pre-prod': 'yes' } } },
};
/** Environments that are called like words of bash. */
export const wordsOfBash: App = { ...byGitHub, environments: { esac: { ephemeral: true }, in: { ephemeral: true } } };

const state = { bucket: 'some-terraform-state' };
export const microservices = await template('microservices');

/** Templates as GitHub would deliver them. */
export const templates: Readonly<Record<string, App>> = {
  microservices,
  quick: { ...(await template('quick')), delivery, state },
  shows: { ...(await template('shows')), delivery, state },
  users: { ...(await template('users')), delivery, state },
};

export const variants: Readonly<Record<string, App>> = {
  ...templates,
  'one service': byGitHub,
  'a database': byGitHubWithDatabase,
  'two services': byGitHubWithTwoServices,
  'a function': byGitHubWithFunction,
  'awkward names': awkward,
  'words of bash': wordsOfBash,
};
