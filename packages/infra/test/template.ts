import { isApp, type App } from '@keelson/contract';

/** The app of a template. */
export async function template(name: string): Promise<App> {
  const file = new URL(`../../../templates/${name}/keelson.config.ts`, import.meta.url).href;
  const { default: app } = (await import(file)) as { default: unknown };
  if (!isApp(app)) throw new TypeError(`${file} declares no app`);
  return app;
}

/** The same with every function as a service on Fargate, behind the same HTTP API: `compute` and `ingress` are all that changes. */
export async function onFargate(name: string): Promise<App> {
  const app = await template(name);
  const services = Object.entries(app.services).map(([service, settings]) => [
    service,
    settings.compute === 'lambda' ? { ...settings, compute: 'fargate', ingress: 'http-api', cpu: 256 } : settings,
  ]);
  return { ...app, services: Object.fromEntries(services) as App['services'] };
}
