import { type App, nearest, upperSnake } from '@keelson/contract';
import { type AppSecret, secretsOf } from '@keelson/infra';
import { UserError } from '../../user-error.ts';

/**
 * The secret that a person means by the variable's name, the resource's, or the starter kits' name of it.
 * @throws UserError naming the nearest and all there are
 */
export function findSecret(app: App, environment: string, name: string): AppSecret {
  const secrets = secretsOf(app, environment);
  const found = secrets.find((secret) => secret.name === variableFor(app, name));
  if (found) return found;
  const names = secrets.map((secret) => secret.name);
  if (names.length === 0) throw new UserError('The app has no secrets.', howToAdd);
  const near = nearest(name, names);
  const all = `There is: ${names.join(', ')}.`;
  throw new UserError(`The app has no secret "${name}".`, near ? `Did you mean ${near}? ${all}` : all);
}

const howToAdd = "Add a resource to keelson.config.ts and name it in the service's `uses`: token: { kind: 'secret' }";

function variableFor(app: App, name: string): string {
  const resource = app.resources?.[name];
  if (resource?.kind === 'secret') return resource.variable ?? upperSnake(name);
  const providers = Object.values(app.resources ?? {}).flatMap((each) =>
    each.kind === 'login' ? [each.provider] : [],
  );
  const isKitName = providers.some((provider) => name === `${provider.toUpperCase()}_CLIENT_SECRET`);
  return isKitName ? 'OIDC_CLIENT_SECRET' : name;
}
