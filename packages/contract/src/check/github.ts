import { githubEnvironment } from '../github.ts';
import type { Problem } from '../problem.ts';
import type { Delivery } from '../schema.ts';
import type { Soundness } from './sound.ts';
import { didYouMean } from './words.ts';

/** What GitHub Actions cannot deliver, or AWS could not trust, as far as the settings in question have the right shape. */
export function checkGitHub(delivery: Delivery, environments: readonly string[], sound: Soundness): Problem[] {
  const isWhole = (...settings: string[]) => settings.every((setting) => sound.whole(`delivery.${setting}`));
  const namesEnvironments = sound.itself('delivery.github.environments');
  return [
    ...(isWhole('repository') ? repository(delivery) : []),
    ...(isWhole('branch') ? branch(delivery) : []),
    ...(isWhole('trigger') ? noTrigger(delivery) : []),
    ...(sound.itself('delivery.github') && isWhole('repository', 'github.legacy') ? identity(delivery, isWhole) : []),
    ...(namesEnvironments ? known(delivery, environments) : []),
    ...(namesEnvironments && isWhole('github.environments') ? apart(delivery, environments) : []),
  ];
}

function repository({ repository: given }: Delivery): Problem[] {
  if (given !== undefined && /^https:\/\/github\.com\/[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(given)) return [];
  const message = given === undefined ? 'is missing' : `\`${given}\` is not a repository on github.com`;
  return [{ path: 'delivery.repository', message, hint: "For example `repository: 'https://github.com/acme/shows'`." }];
}

function branch({ branch: given = 'main' }: Delivery): Problem[] {
  if (/^[\w.-]+(\/[\w.-]+)*$/.test(given)) return [];
  const hint = 'Write the name of one branch, such as `main`: letters, digits and `._/-`.';
  return [{ path: 'delivery.branch', message: `${JSON.stringify(given)} is not a branch`, hint }];
}

function noTrigger({ trigger }: Delivery): Problem[] {
  if (trigger === undefined) return [];
  const hint = 'Leave it out: a push to the branch starts the deploy.';
  return [{ path: 'delivery.trigger', message: 'means nothing with `github-actions`', hint }];
}

/** Without ids a repository of the same name, made after this one is gone, would be trusted. */
function identity({ github = {}, repository: given = '' }: Delivery, isWhole: (setting: string) => boolean): Problem[] {
  const { legacy = false, ownerId, repositoryId } = github;
  const ids = { ownerId, repositoryId };
  const hint = `https://api.github.com/repos/${given.split('/').slice(3).join('/') || '<owner>/<name>'} tells both: \`owner.id\` and \`id\`. A repository from before 2026-07-15 that was never renamed or moved needs none: \`legacy: true\`.`;
  return Object.entries(ids)
    .filter(([name, id]) => !legacy && id === undefined && isWhole(`github.${name}`))
    .map(([name]) => ({ path: `delivery.github.${name}`, message: 'is missing: GitHub names it in its tokens', hint }));
}

function known({ github }: Delivery, environments: readonly string[]): Problem[] {
  return Object.keys(github?.environments ?? {})
    .filter((name) => !environments.includes(name))
    .map((name) => ({
      path: `delivery.github.environments.${name}`,
      message: `there is no environment \`${name}\``,
      hint: didYouMean(name, environments) || 'Add it under `environments`.',
    }));
}

/** Two environments that GitHub does not tell apart could each deliver to the other. */
function apart(delivery: Delivery, environments: readonly string[]): Problem[] {
  const owners = new Map<string, string>();
  return environments.flatMap((name) => {
    const theirs = githubEnvironment(delivery, name);
    // GitHub's names have no case: `Production` and `production` are one.
    const owner = owners.get(theirs.toLowerCase());
    owners.set(theirs.toLowerCase(), owner ?? name);
    if (owner === undefined) return [];
    const message = `\`${name}\` and \`${owner}\` are both \`${theirs}\` at GitHub`;
    return [{ path: 'delivery.github.environments', message, hint: 'Give each a name of its own.' }];
  });
}
