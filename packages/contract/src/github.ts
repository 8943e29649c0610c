import type { Delivery } from './schema.ts';

/** Environment at GitHub that deploys of the app's environment run in. */
export function githubEnvironment(delivery: Pick<Delivery, 'github'>, environment: string): string {
  return delivery.github?.environments?.[environment] ?? (environment === 'prod' ? 'production' : environment);
}

/** `https://github.com/acme/shows` → `{ owner: 'acme', name: 'shows' }` */
export function githubRepository({ repository = '' }: Pick<Delivery, 'repository'>): { owner: string; name: string } {
  const [, , , owner = '', name = ''] = repository.split('/');
  return { owner, name: name.replace(/\.git$/, '') };
}
