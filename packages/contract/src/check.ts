import type { App } from './app.ts';
import { checkDelivery } from './check/delivery.ts';
import { checkReferences } from './check/references.ts';
import { checkShape } from './check/shape.ts';
import { type Soundness, soundness } from './check/sound.ts';
import type { Problem } from './problem.ts';
import { appSchema } from './schema.ts';

/**
 * Everything that is wrong with a value that should be an app, all at once; empty when it is one. Settings of the wrong shape
 * are left out of the look at what refers to what, with whatever is judged by them.
 */
export function checkApp(value: unknown): Problem[] {
  const problems = checkShape(appSchema, value);
  const sound = soundness(problems);
  const environments = entriesIn(value, 'environments').map(([name]) => name);
  const delivery = (value as Partial<App> | null | undefined)?.delivery;
  return [
    ...problems,
    ...checkReferences({
      services: servicesOf(value, sound),
      resources: Object.fromEntries(
        entriesIn(value, 'resources').filter(([name]) => sound.whole(`resources.${name}`)),
      ) as NonNullable<App['resources']>,
      resourceNames: entriesIn(value, 'resources').map(([name]) => name),
      environments,
      sound,
    }),
    ...(delivery && sound.itself('delivery') ? checkDelivery(delivery, environments, sound) : []),
  ];
}

export function isApp(value: unknown): value is App {
  return checkApp(value).length === 0;
}

/** Services by the settings that a check reads, all of which must have the right shape. */
function servicesOf(value: unknown, sound: Soundness) {
  return (...settings: readonly (keyof App['services'][string])[]) =>
    Object.fromEntries(
      entriesIn(value, 'services').filter(
        ([name]) =>
          sound.itself(`services.${name}`) && settings.every((setting) => sound.whole(`services.${name}.${setting}`)),
      ),
    ) as App['services'];
}

function entriesIn(value: unknown, part: string): [string, unknown][] {
  const members: unknown = (value as Record<string, unknown> | null | undefined)?.[part];
  return typeof members === 'object' && members !== null && !Array.isArray(members) ? Object.entries(members) : [];
}
