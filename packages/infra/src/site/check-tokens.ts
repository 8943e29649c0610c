import type { Problem } from '@keelson/contract';
import { type Site, type SiteResource, tokenIdentifier, usedResources } from './site.ts';

/** Words that the name of a Cognito domain must not hold. Source: AWS, CreateUserPoolDomain. */
const reserved = ['aws', 'amazon', 'cognito'];

/** What Cognito refuses. */
export function checkTokens(site: Site): Problem[] {
  return usedResources(site).flatMap((used) =>
    used.resource.kind === 'tokens' && used.resource.provider === 'cognito'
      ? [...someClient(used), ...domainName(site, used), ...identifierOf(site, used)]
      : [],
  );
}

function someClient({ name, resource }: SiteResource): Problem[] {
  const clients = resource.kind === 'tokens' ? Object.entries(resource.clients ?? {}) : [];
  if (clients.length === 0) {
    const hint = "Name the machines that get tokens: `clients: { partner: ['shows.read'] }`.";
    return [
      { path: `resources.${name}.clients`, message: 'is missing: Cognito gives tokens to its clients alone', hint },
    ];
  }
  return clients
    .filter(([, scopes]) => scopes.length === 0)
    .map(([client]) => ({
      path: `resources.${name}.clients.${client}`,
      message: 'has no scope, and Cognito gives no token without one',
      hint: 'Name a scope, or remove the client.',
    }));
}

function domainName({ prefix, environment }: Site, { name }: SiteResource): Problem[] {
  const word = reserved.find((each) => `${prefix}-${name}`.includes(each));
  if (word === undefined) return [];
  const message = `the name of a Cognito domain, here \`${prefix}-${name}-<account>\`, must not hold \`${word}\``;
  return [{ path: `environments.${environment}`, message, hint: 'Rename the app, the environment or the resource.' }];
}

function identifierOf(site: Site, used: SiteResource): Problem[] {
  const filled = tokenIdentifier(site, used);
  if (/^[!#-[\]-~]{1,256}$/.test(filled)) return [];
  const message = `\`${filled}\` is no identifier of a resource server at Cognito`;
  const hint = 'Write at most 256 ASCII characters without spaces, `"` and `\\`.';
  return [{ path: `resources.${used.name}.identifier`, message, hint }];
}
