import type { App, Delivery } from '@keelson/contract';
import { appWith, dev, prod, showsService, showsWith, usersInContainer, usersWith } from './apps.ts';

export const fromGitHub: Delivery = {
  provider: 'github-actions',
  repository: 'https://github.com/acme/shows',
  github: { ownerId: '11', repositoryId: '22' },
};

/** The same app, delivered by GitHub Actions. */
export function delivered(app: App, changes: Partial<App> = {}): App {
  return { ...app, delivery: fromGitHub, state: { bucket: `${app.name}-terraform-state` }, ...changes };
}

/** A service with a database and a login on Fargate, in `dev` and `prod`. */
export const onFargate = delivered(appWith('fargate'));

/** A function behind an HTTP API. */
export const onLambda = delivered({
  name: 'quick',
  region: 'us-east-1',
  resources: { login: { kind: 'login', provider: 'google', existingSecret: { name: 'my-app/sso-secrets' } } },
  services: { api: { source: 'src/main.ts', compute: 'lambda', uses: ['login'] } },
  environments: { dev, prod: { logDays: 30 } },
});

/** Every form of app that GitHub delivers. */
export const everyDelivered: Readonly<Record<string, App>> = {
  'Fargate with a database': onFargate,
  'a function': onLambda,
  'a function with a database': {
    ...onLambda,
    resources: { db: { kind: 'postgres' } },
    services: { api: { source: 'src/main.ts', compute: 'lambda', uses: ['db'] } },
  },
  'an HTTP API with tokens and tables': delivered(showsWith()),
  'names of its own': delivered(
    showsWith({}, { ...showsService, names: { logGroup: '/ecs/{app}-{env}', targetGroup: 'tg-{env}' } }),
  ),
  'an HTTP API at a domain, own key': delivered(
    showsWith({ environments: { prod: { ...prod, domain: 'a.example.com', encryption: 'kms' } } }),
  ),
  'accounts, mail and logs': delivered(usersWith()),
  'a database in a container': delivered(usersInContainer()),
  'two paths': delivered({
    name: 'two',
    region: 'eu-central-1',
    services: {
      front: { source: 'front', server: 'nginx', compute: 'fargate' },
      back: { source: 'back.ts', compute: 'fargate', paths: ['/api/*'] },
    },
    environments: { dev, prod: { ...prod, domain: 'app.example.com' } },
  }),
};
