import { type App, defaultPort, frontService, type PathRule, pathRules } from '@keelson/contract';
import type { LoadedApp } from '../../config/load.ts';
import type { Environment } from '../../config/environment.ts';
import { routeByPath } from '../gateway/index.ts';
import { portWish } from '../port-wish.ts';
import { type OpenedService, type PreparedService, prepareService } from './index.ts';
import type { LogBook } from './log-book.ts';

export interface OpenServicesOptions extends LoadedApp {
  readonly given: Environment;
  /** Port of the address that people use first; `0`: any free one for every service. */
  readonly port?: number | undefined;
  readonly logs: LogBook;
  log(line: string): void;
}

/**
 * Opens the address of every service. Those behind the load balancer share that of the front one, which passes requests on
 * by path; each has one of its own too.
 *
 * @param opened told of each as it opens
 * @returns in the order of the configuration
 */
export async function openServices(options: OpenServicesOptions, opened: (service: OpenedService) => void) {
  const { app } = options;
  const main = mainService(app);
  const { front, rules } = shared(app);
  const prepared = Object.keys(app.services).map((name) =>
    prepareService({ ...options, name, isFront: name === main }),
  );
  const route = routeByPath(rules, (name) => prepared.find((each) => each.name === name)?.upstream);
  const open = async (service: PreparedService, behind?: OpenedService) => {
    const { name } = service;
    const given = name === main ? options.given.env['PUBLIC_URL'] : undefined;
    const asked = name === main || options.port === 0 ? options.port : undefined;
    const wish = wishOf(options, name, asked);
    const result = await service.open({ wish, given, behind, route: name === front ? route : undefined });
    opened(result);
    return result;
  };
  // Its address is that of others, and the port that somebody asked for should not be taken by them.
  const first = prepared.find(({ name }) => name === front);
  const frontOpened = first && (await open(first));
  for (const service of prepared) {
    if (service === first) continue;
    await open(service, rules.some((rule) => rule.service === service.name) ? frontOpened : undefined);
  }
}

/** The service whose address people use first. */
function mainService(app: App): string | undefined {
  const [first] = Object.keys(app.services);
  const isShared = pathRules(app.services).some(({ service }) => service === first);
  return isShared ? frontService(app.services) : first;
}

/** What the load balancer decides about. `front` is absent where one service gets everything. */
function shared({ services }: App): { readonly front?: string; readonly rules: readonly PathRule[] } {
  const rules = pathRules(services);
  const front = frontService(services);
  const isAlone = rules.length === 1 && rules[0]?.patterns.includes('/*');
  return front === undefined || isAlone ? { rules: [] } : { front, rules };
}

function wishOf({ app, given }: OpenServicesOptions, name: string, asked: number | undefined) {
  return portWish({ app, env: given.env, configured: app.services[name]?.port ?? defaultPort, asked });
}
