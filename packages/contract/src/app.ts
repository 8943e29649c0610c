import type { Static } from 'typebox';
import type { appSchema } from './schema.ts';
import type { Resource } from './resources/index.ts';

/** A checked app: plain data, the source of everything else. */
export type App = Static<typeof appSchema>;

/** What `defineApp` takes: an app whose `uses` may only name its own resources. */
export type AppInput<Resources extends Record<string, Resource>> = Omit<App, 'resources' | 'services'> & {
  resources?: Resources;
  services: Record<string, Omit<App['services'][string], 'uses'> & { uses?: (keyof Resources & string)[] }>;
};

/**
 * Declares the app. It only adds types: the value is checked, all problems at once, when a command reads the file.
 *
 * @example
 * export default defineApp({
 *   name: 'hello', region: 'eu-central-1',
 *   services: { api: { source: 'src/main.ts', compute: 'fargate' } },
 * });
 */
export function defineApp<const Resources extends Record<string, Resource> = Record<never, never>>(
  app: AppInput<Resources>,
): App {
  return app as App;
}
