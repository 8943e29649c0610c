import type { App, Problem } from '@keelson/contract';
import { mailSender, type Site, type SiteResource, siteOf, usedResources } from './site.ts';

/** What keeps an environment from sending mail. */
export function checkMail(site: Site): Problem[] {
  return mailOf(site).flatMap((used) => [...someZone(site, used), ...filledSender(site, used)]);
}

/** Two environments cannot both own the identity of one domain, nor its records. */
export function checkMailDomains(app: App): Problem[] {
  const owners = new Map<string, string>();
  return Object.entries(app.environments ?? {}).flatMap(([name, settings]) => {
    const site = siteOf(app, name, settings);
    return mailOf(site).flatMap((used) => {
      const domain = domainOf(mailSender(site, used));
      const owner = owners.get(domain);
      if (owner === undefined) owners.set(domain, name);
      if (owner === undefined || owner === name || /[{}]/.test(domain)) return [];
      const message = `mail of \`${name}\` comes from \`${domain}\`, as that of \`${owner}\` does, and SES has a domain once`;
      const hint = "Write `from: 'no-reply@{domain}'`, and give each environment a `domain` of its own.";
      return [{ path: `resources.${used.name}.from`, message, hint }];
    });
  });
}

function mailOf(site: Site): SiteResource[] {
  return usedResources(site).filter(({ resource }) => resource.kind === 'mail');
}

function domainOf(sender: string): string {
  return sender.slice(sender.indexOf('@') + 1);
}

/** The records that receivers look for are written into the zone. */
function someZone(site: Site, used: SiteResource): Problem[] {
  const { hostedZone, environment } = site;
  if (hostedZone === undefined) {
    const message = `\`${used.name}\` sends mail, and that takes a domain that receivers can look up`;
    const hint = 'Add `domain`, whose zone is in Route 53, or `createZone: true` beside it.';
    return [{ path: `environments.${environment}.domain`, message, hint }];
  }
  const domain = domainOf(mailSender(site, used));
  if (/[{}]/.test(domain) || domain === hostedZone || domain.endsWith(`.${hostedZone}`)) return [];
  const message = `mail comes from \`${domain}\`, which is not in the hosted zone \`${hostedZone}\` of \`${environment}\``;
  const hint = "Write `from: 'no-reply@{domain}'`, or name the `hostedZone` that holds it.";
  return [{ path: `resources.${used.name}.from`, message, hint }];
}

function filledSender(site: Site, used: SiteResource): Problem[] {
  const sender = mailSender(site, used);
  if (!/[{}]/.test(sender) || site.domain === undefined) return [];
  const hint = '`{app}` and `{domain}` are filled in, nothing else.';
  return [{ path: `resources.${used.name}.from`, message: `\`${sender}\` has braces left`, hint }];
}
