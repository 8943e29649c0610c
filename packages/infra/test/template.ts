import { isApp, type App } from '@keelson/contract';

/** The app of a template. */
export async function template(name: string): Promise<App> {
  const file = new URL(`../../../templates/${name}/keelson.config.ts`, import.meta.url).href;
  const { default: app } = (await import(file)) as { default: unknown };
  if (!isApp(app)) throw new TypeError(`${file} declares no app`);
  return app;
}
