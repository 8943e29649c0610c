import { ingressOf } from '@keelson/contract';
import type { LocalApp } from '../../../local/app.ts';
import { shortScope } from '../../../local/tokens/ask.ts';
import type { ClientView } from './client.ts';

/** `curl` for a token; where the secret is not shown, a place for it. */
export function tokenCommand(view: ClientView, secret = '<secret>'): string {
  const { tokens, machine } = view;
  const scope = machine.scopes[0];
  return [
    'curl',
    `-u '${machine.id}:${secret}'`,
    '-d grant_type=client_credentials',
    ...(scope === undefined ? [] : [`-d 'scope=${scope}'`]),
    ...(tokens?.audience === undefined ? [] : [`-d 'audience=${tokens.audience}'`]),
    tokenAddress(view),
  ].join(' ');
}

/** `curl` for a request with a token: the first route that asks for a scope the client may have. */
export function requestCommand({ app, resource, tokens, machine }: ClientView): string {
  const scopes = machine.scopes.map(shortScope);
  const { address, scope } = guardedRoute(app, resource, scopes);
  const several = [...app.parts.values()].filter((part) => part.tokens).length > 1;
  const flags = [
    ...((tokens?.clients.length ?? 0) > 1 ? [`--client ${machine.name}`] : []),
    ...(scope === undefined ? [] : [`--scope ${scope}`]),
    ...(several ? [`--resource ${resource}`] : []),
  ];
  return `curl -H "$(npx keelson token ${[...flags, '--header'].join(' ')})" ${address}`;
}

/** At the HTTP API where it passes token requests on, as it will in AWS; otherwise at the provider. */
function tokenAddress({ app, resource, tokens }: ClientView): string {
  const settings = app.app.resources?.[resource];
  const service = app.services.find(({ name }) => {
    const each = app.app.services[name];
    return each?.uses?.includes(resource) && ingressOf(each) === 'http-api';
  });
  if (!service || settings?.kind !== 'tokens' || settings.provider !== 'cognito') return tokens?.endpoint ?? '';
  return `${service.publicUrl}${settings.tokenPath ?? '/oauth/token'}`;
}

function guardedRoute(app: LocalApp, resource: string, scopes: readonly string[]) {
  for (const { name, publicUrl } of app.services) {
    const service = app.app.services[name];
    if (!service?.uses?.includes(resource)) continue;
    for (const [key, rule] of Object.entries(service.routes ?? {})) {
      const scope = rule === 'public' ? undefined : rule.scopes.find((each) => scopes.includes(each));
      if (key.startsWith('GET ') && scope !== undefined && !key.includes('{')) {
        return { address: `${publicUrl}${key.slice('GET '.length)}`, scope };
      }
    }
  }
  return { address: app.services[0]?.publicUrl ?? '', scope: scopes[0] };
}
