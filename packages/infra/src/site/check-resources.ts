import type { Problem } from '@keelson/contract';
import { existingValues } from './existing-values.ts';
import { type Site, type SiteResource, usedResources } from './site.ts';

/** Each gives variables that have one name, or makes what an environment has once. */
const once = ['accounts', 'mail', 'log-search'];

/** What AWS cannot make of resources that are fine by themselves. */
export function checkResources(site: Site): Problem[] {
  const used = usedResources(site);
  return [
    ...onceEach(used),
    ...used.flatMap((each) => [...openTwice(each), ...filledName(site, each)]),
    ...routedOnFargate(site),
  ];
}

function onceEach(used: readonly SiteResource[]): Problem[] {
  return once.flatMap((kind) => {
    const [first, ...others] = used.filter(({ resource }) => resource.kind === kind);
    return others.map(({ name }) => ({
      path: `resources.${name}`,
      message: `is a second resource of the kind \`${kind}\`, and an environment has one`,
      hint: `Use \`${first?.name ?? ''}\` in every service.`,
    }));
  });
}

/** Every environment in AWS is production to the service, which then refuses to start. */
function openTwice({ name, resource }: SiteResource): Problem[] {
  if (resource.kind !== 'accounts' || resource.registration !== 'open' || resource.anyoneMayRegister) return [];
  return [
    {
      path: `resources.${name}.anyoneMayRegister`,
      message: 'is missing: with `open`, anyone can make an account, and production asks whether that is meant',
      hint: "Write `anyoneMayRegister: true`, or `registration: 'first'`.",
    },
  ];
}

function filledName(site: Site, used: SiteResource): Problem[] {
  const { secretId = '' } = existingValues(site, used)[0] ?? {};
  if (!/[{}]/.test(secretId)) return [];
  const path = `resources.${used.name}.${used.resource.kind === 'login' ? 'existingSecret' : 'existing'}.name`;
  return [
    { path, message: `\`${secretId}\` has braces left`, hint: '`{app}` and `{env}` are filled in, nothing else.' },
  ];
}

/** The log router is a second container, which nothing else takes. */
function routedOnFargate({ services }: Site): Problem[] {
  return services
    .filter(({ compute, uses }) => compute !== 'fargate' && uses.some(({ resource }) => resource.kind === 'log-search'))
    .map(({ name, compute }) => ({
      path: `services.${name}.uses`,
      message: `${compute === 'lambda' ? 'a function is' : 'Express Mode runs'} one container, and logs go to the search through a second one`,
      hint: "Write `compute: 'fargate'`, or leave the `log-search` out.",
    }));
}
