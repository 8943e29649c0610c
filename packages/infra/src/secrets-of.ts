import type { App } from '@keelson/contract';
import { composeEnvironment } from './compose.ts';
import { unset } from './parts/secrets/secrets.ts';
import { existingValues } from './site/existing-values.ts';
import { siteOf, usedResources } from './site/site.ts';

/** A secret of an environment, as its Terraform makes it. */
export interface AppSecret {
  /** Variable that it becomes in a service: `OIDC_CLIENT_SECRET`. */
  readonly name: string;
  /** Its name in Secrets Manager: `<app>/<environment>/OIDC_CLIENT_SECRET`. */
  readonly secretId: string;
  readonly description: string;
  /** Made in AWS at the first apply; the others are `UNSET` until an operator sets them. */
  readonly generated: boolean;
  /** It was there before the app: its owner sets it, in Secrets Manager. `key` of the JSON document, if it is one. */
  readonly existing?: { readonly key: string | undefined };
}

/** Every secret of the environment: those that its Terraform makes, then those that were there before. */
export function secretsOf(app: App, environment: string): readonly AppSecret[] {
  return [...madeSecrets(app, environment), ...existingSecrets(app, environment)];
}

function existingSecrets(app: App, environment: string): AppSecret[] {
  const site = siteOf(app, environment, app.environments?.[environment] ?? {});
  return usedResources(site).flatMap((used) =>
    existingValues(site, used).map(({ variable, secretId, key }) => ({
      name: variable,
      secretId,
      description: key === undefined ? `In ${secretId}` : `In ${secretId}, key ${key}`,
      generated: false,
      existing: { key },
    })),
  );
}

/** Read from what is composed, so that the commands and Terraform cannot differ. */
function madeSecrets(app: App, environment: string): AppSecret[] {
  const stack = composeEnvironment(app, environment, app.environments?.[environment] ?? {});
  const resources = stack.declarations.flatMap((each) => (each.kind === 'resource' ? [each] : []));
  return resources
    .filter(({ type }) => type === 'aws_secretsmanager_secret')
    .map(({ name: id, args }) => {
      const secretId = String(args['name']);
      const version = resources.find(({ type, name }) => type === 'aws_secretsmanager_secret_version' && name === id);
      return {
        name: secretId.slice(secretId.lastIndexOf('/') + 1),
        secretId,
        description: String(args['description']),
        generated: version?.args['secret_string_wo'] !== unset,
      };
    });
}
