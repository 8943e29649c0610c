import type { App } from '@keelson/contract';
import { UserError } from '../user-error.ts';

export type Platform = 'linux/amd64' | 'linux/arm64';
type Architecture = 'x86_64' | 'arm64';

/**
 * What an image of the service must be made for: Express runs x86_64 alone, other computes the environment's `architecture`.
 * @param environment absent: any, as long as all have the same
 * @throws UserError naming what each environment has
 */
export function platformOf(app: App, service: string, environment: string | undefined): Platform {
  if (app.services[service]?.compute === 'express') return 'linux/amd64';
  const architecture = environment === undefined ? sharedBy(app) : architectureOf(app, environment);
  return architecture === 'arm64' ? 'linux/arm64' : 'linux/amd64';
}

function sharedBy(app: App): Architecture {
  const names = Object.keys(app.environments ?? {});
  const [first = 'x86_64', ...others] = new Set(names.map((name) => architectureOf(app, name)));
  if (others.length === 0) return first;
  const each = names.map((name) => `${name} runs ${architectureOf(app, name)}`).join(', ');
  throw new UserError(
    `${each}: an image is for one of the two.`,
    `Say for which environment: --env ${names[0] ?? 'dev'}. Images of one commit need tags of their own then: --tag.`,
  );
}

function architectureOf({ environments }: App, name: string): Architecture {
  return environments?.[name]?.architecture ?? 'x86_64';
}
