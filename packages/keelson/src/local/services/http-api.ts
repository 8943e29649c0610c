import { type App, ingressOf } from '@keelson/contract';
import type { Environment } from '../../config/environment.ts';
import { createHttpApi, type HttpApi, type TokensAtGateway, tokensAtGateway } from '../gateway/index.ts';
import type { LocalPart } from '../part.ts';
import { corsOriginsOf } from './environment.ts';

export interface ServiceHttpApi {
  readonly api: HttpApi;
  /** Tells it what the running resources are: gateways are open before. */
  know(parts: ReadonlyMap<string, LocalPart>): void;
}

/**
 * The rules of the HTTP API before a service that has one in AWS.
 * @param given the user's `.env` goes before the config file
 * @param refused told of what did not reach the service
 * @param docsOrigins where the service serves its own documentation
 */
export function httpApiOf(
  app: App,
  name: string,
  given: Environment,
  refused: (line: string) => void,
  docsOrigins: () => readonly string[],
): ServiceHttpApi | undefined {
  const service = app.services[name];
  if (!service || ingressOf(service) !== 'http-api') return undefined;
  const { routes, throttle } = service;
  const corsOrigins = corsOriginsOf(app, name, given);
  const [resource, settings] = tokensOf(app, service.uses ?? []) ?? [];
  const tokenPath = settings?.provider === 'cognito' ? (settings.tokenPath ?? '/oauth/token') : undefined;
  const known = later<TokensAtGateway | undefined>();
  const tokens = (signal: AbortSignal) => Promise.race([known.value, aborted(signal)]);
  return {
    api: createHttpApi({ tokens, tokenPath, routes, throttle, corsOrigins, refused, docsOrigins }),
    know: (parts) => {
      const part = resource === undefined ? undefined : parts.get(resource);
      known.tell(part && tokensAtGateway(part.env, part.tokens?.endpoint));
    },
  };
}

function tokensOf({ resources = {} }: App, uses: readonly string[]) {
  for (const name of uses) {
    const resource = resources[name];
    if (resource?.kind === 'tokens') return [name, resource] as const;
  }
  return undefined;
}

function later<T>(): { readonly value: Promise<T>; tell(value: T): void } {
  let tell: (value: T) => void = () => {};
  const value = new Promise<T>((resolve) => {
    tell = resolve;
  });
  return { value, tell };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
