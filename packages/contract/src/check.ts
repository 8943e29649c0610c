import type { App } from './app.ts';
import { checkDelivery } from './check/delivery.ts';
import { checkReferences } from './check/references.ts';
import { checkShape } from './check/shape.ts';
import type { Problem } from './problem.ts';
import { appSchema } from './schema.ts';

/**
 * Everything that is wrong with a value that should be an app, all at once; empty when it is one. Parts of the wrong shape
 * are left out of the look at what refers to what.
 */
export function checkApp(value: unknown): Problem[] {
  const problems = checkShape(appSchema, value);
  const app = soundParts(value, problems);
  return [
    ...problems,
    ...checkReferences(app, namesIn(value, 'resources')),
    ...checkDelivery(app.delivery, namesIn(value, 'environments')),
  ];
}

export function isApp(value: unknown): value is App {
  return checkApp(value).length === 0;
}

function soundParts(
  value: unknown,
  problems: readonly Problem[],
): Pick<App, 'services' | 'resources' | 'environments' | 'delivery'> {
  const isBroken = (path: string) => problems.some((problem) => `${problem.path}.`.startsWith(`${path}.`));
  const sound = (part: string) =>
    Object.fromEntries(entriesIn(value, part).filter(([name]) => !isBroken(`${part}.${name}`)));
  const delivery = isBroken('delivery') ? undefined : (value as Partial<App> | null | undefined)?.delivery;
  return {
    services: sound('services'),
    resources: sound('resources'),
    environments: sound('environments'),
    delivery,
  } as App;
}

function entriesIn(value: unknown, part: string): [string, unknown][] {
  const members: unknown = (value as Record<string, unknown> | null | undefined)?.[part];
  return typeof members === 'object' && members !== null && !Array.isArray(members) ? Object.entries(members) : [];
}

function namesIn(value: unknown, part: string): string[] {
  return entriesIn(value, part).map(([name]) => name);
}
