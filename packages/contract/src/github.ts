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

/**
 * What GitHub's token says of a job (`sub`), letter by letter as a trust policy has to have it. Repositories made, renamed or moved since
 * 2026-07-15 are named with their ids.
 * @param job `ref:refs/heads/main`, `environment:production` or `pull_request`
 */
export function githubSubject(delivery: Pick<Delivery, 'github' | 'repository'>, job: string): string {
  const { owner, name } = githubRepository(delivery);
  const { legacy = false, ownerId, repositoryId } = delivery.github ?? {};
  return legacy ? `repo:${owner}/${name}:${job}` : `repo:${owner}@${ownerId}/${name}@${repositoryId}:${job}`;
}
