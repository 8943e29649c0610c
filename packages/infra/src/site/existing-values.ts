import { fillName, type Resource, resourceKinds } from '@keelson/contract';
import type { Site, SiteResource } from './site.ts';

/** A variable whose value is in a secret that was there before the app. */
export interface ExistingValue {
  /** `OIDC_CLIENT_SECRET` */
  readonly variable: string;
  /** Name of the secret in Secrets Manager. */
  readonly secretId: string;
  /** Key of the JSON document; `undefined`: the whole string is the value. */
  readonly key: string | undefined;
}

/** The variables that a resource takes from a secret of other origin; none where Keelson makes its secrets. */
export function existingValues(site: Pick<Site, 'app' | 'environment'>, used: SiteResource): ExistingValue[] {
  const { resource } = used;
  if (resource.kind === 'login' && resource.existingSecret) {
    const { name, keys } = resource.existingSecret;
    const secretId = fillName(name, site);
    const all = { ...defaultKeys(resource.provider), ...keys };
    return Object.entries(all).map(([variable, key]) => ({ variable, secretId, key }));
  }
  if (resource.kind === 'secret' && resource.existing) {
    const { name, key } = resource.existing;
    return [{ variable: secretVariable(used), secretId: fillName(name, site), key }];
  }
  return [];
}

/** The starter kits' own names. */
function defaultKeys(provider: Extract<Resource, { kind: 'login' }>['provider']) {
  const prefix = provider === 'generic' ? 'OIDC' : provider.toUpperCase();
  return {
    OIDC_CLIENT_ID: `${prefix}_CLIENT_ID`,
    OIDC_CLIENT_SECRET: `${prefix}_CLIENT_SECRET`,
    SESSION_KEYS: 'SECRET_KEY',
  };
}

/** Name of the variable that a resource of kind `secret` becomes. */
export function secretVariable({ name, id, resource }: SiteResource): string {
  const given = resource.kind === 'secret' ? resource.variable : undefined;
  const [variable] = resourceKinds.secret.forms({ name: given ?? name, usedKinds: new Set() })[0] ?? [];
  return variable?.name ?? id.toUpperCase();
}
