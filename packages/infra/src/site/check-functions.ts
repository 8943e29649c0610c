import type { Environment, Problem } from '@keelson/contract';
import { functionsOf, needsDatabase, runsTasks, type Site, type SiteService } from './site.ts';

/** Memory of a function, MiB. Source: AWS Lambda, “Configure Lambda function memory” */
const memory = { least: 128, most: 10_240 };

/** What an environment asks of its functions and cannot have. */
export function checkFunctions(site: Site, settings: Environment): Problem[] {
  return [
    ...functionsOf(site).flatMap((service) => [...checkMemory(site, service, settings), ...wayOut(site, service)]),
    ...onlyOfTasks(site, settings),
  ];
}

function checkMemory({ environment }: Site, service: SiteService, settings: Environment): Problem[] {
  const given = service.memory;
  if (given >= memory.least && given <= memory.most) return [];
  const at = settings.memory === undefined ? `services.${service.name}` : `environments.${environment}`;
  const message = `a function has ${memory.least} to ${memory.most} MiB of memory, not ${given} (service ${service.name})`;
  return [{ path: `${at}.memory`, message, hint: `Write ${given < memory.least ? memory.least : memory.most}.` }];
}

/** AWS gives the interfaces of functions no public address. */
function wayOut({ environment, network }: Site, service: SiteService): Problem[] {
  if (network.tasks === 'private' || !needsDatabase(service)) return [];
  const message = `the function of \`${service.name}\` is in the network, for its database, and has no way out of public subnets`;
  const hint = "Write `tasks: 'private'`, or leave it out.";
  return [{ path: `environments.${environment}.network.tasks`, message, hint }];
}

/** Said where it would be passed over in silence: someone counts on two tasks, and there is none. */
function onlyOfTasks(site: Site, settings: Environment): Problem[] {
  const functions = functionsOf(site);
  const isOnly = functions.length > 0 && functions.length === site.services.length;
  const meaningless = [
    ...(isOnly ? (['tasks', 'maxTasks'] as const) : []),
    ...(runsTasks(site) ? [] : (['network'] as const)),
  ];
  return meaningless
    .filter((key) => settings[key] !== undefined)
    .map((key) => ({
      path: `environments.${site.environment}.${key}`,
      message:
        key === 'network'
          ? 'means nothing where functions alone run, and none uses a database: there is no network'
          : 'means nothing to functions: AWS starts as many as there are requests',
      hint: "Leave it out, or write `compute: 'fargate'`.",
    }));
}
