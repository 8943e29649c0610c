import type { Problem } from '../problem.ts';
import type { Delivery } from '../schema.ts';
import { checkGitHub } from './github.ts';
import type { Soundness } from './sound.ts';
import { didYouMean } from './words.ts';

/**
 * What a delivery says that cannot be so, as far as the settings in question have the right shape.
 * @param environments every environment that was named, those of the wrong shape too
 */
export function checkDelivery(delivery: Delivery, environments: readonly string[], sound: Soundness): Problem[] {
  const isWhole = (setting: keyof Delivery) => sound.whole(`delivery.${setting}`);
  if (!isWhole('provider')) return [];
  switch (delivery.provider) {
    case 'github-actions':
      return [...onlyWithCodePipeline(delivery), ...checkGitHub(delivery, environments, sound)];
    case 'codebuild':
      return [...onlyWithCodePipeline(delivery), ...onlyWithGitHub(delivery)];
    case 'codepipeline':
      return [...onlyWithGitHub(delivery), ...checkPipelines(delivery, environments, isWhole)];
  }
}

function checkPipelines(
  delivery: Delivery,
  environments: readonly string[],
  isWhole: (setting: keyof Delivery) => boolean,
): Problem[] {
  // What has the wrong shape is told already, and may be anything: it is left out.
  const known = Object.fromEntries(Object.entries(delivery).filter(([name]) => isWhole(name as keyof Delivery)));
  const { provider } = delivery;
  const whole: Delivery = { ...known, provider };
  return [
    ...knownEnvironments(whole, environments),
    ...oneWayIn(whole),
    ...somethingStartsIt(whole),
    ...(isWhole('source') && isWhole('repository') ? sourceIsNamed(whole) : []),
    ...(whole.source === 'codecommit' ? exactBranches(whole) : []),
  ];
}

function onlyWithGitHub({ github, provider }: Delivery): Problem[] {
  if (github === undefined) return [];
  const hint = "Write `provider: 'github-actions'`, or leave it out.";
  return [{ path: 'delivery.github', message: `means nothing with \`${provider}\``, hint }];
}

function onlyWithCodePipeline({ provider, ...given }: Delivery): Problem[] {
  return (['source', 'branches', 'releases', 'approval'] as const)
    .filter((key) => given[key] !== undefined)
    .map((key) => ({
      path: `delivery.${key}`,
      message: `means nothing with \`${provider}\``,
      hint: "Write `provider: 'codepipeline'`, or leave it out.",
    }));
}

function knownEnvironments({ branches = {}, releases, approval = [] }: Delivery, known: readonly string[]): Problem[] {
  const named = [
    ...Object.entries(branches).map(([branch, name]) => [`delivery.branches.${branch}`, name] as const),
    ...(releases ? [['delivery.releases.environment', releases.environment] as const] : []),
    ...approval.map((name, index) => [`delivery.approval.${index}`, name] as const),
  ];
  return named
    .filter(([, name]) => !known.includes(name))
    .map(([path, name]) => ({
      path,
      message: `there is no environment \`${name}\``,
      hint: didYouMean(name, known) || 'Add it under `environments`.',
    }));
}

/** Two pipelines would put their images into one environment by turns. */
function oneWayIn({ branches = {}, releases }: Delivery): Problem[] {
  const also = Object.entries(branches).find(([, name]) => name === releases?.environment);
  if (!releases || !also) return [];
  return [
    {
      path: 'delivery.releases.environment',
      message: `\`${releases.environment}\` gets what is on \`${also[0]}\` already`,
      hint: 'Deliver releases to an environment of their own.',
    },
  ];
}

function somethingStartsIt({ branch, branches, trigger, releases }: Delivery): Problem[] {
  const problems: Problem[] = [];
  if (branches !== undefined && Object.keys(branches).length === 0) {
    const hint = "Name a branch, `branches: { main: 'dev' }`, or leave it out: then one branch goes to each in turn.";
    problems.push({ path: 'delivery.branches', message: 'names no branch', hint });
  }
  if (trigger !== undefined) {
    const hint = 'Leave it out: pushes of `branches` and `releases` start it.';
    problems.push({ path: 'delivery.trigger', message: 'means nothing with `codepipeline`', hint });
  }
  if (branch !== undefined && !isBranch(branch)) {
    const hint = 'Write the name of one branch, such as `main`: letters, digits and `._/-`.';
    problems.push({ path: 'delivery.branch', message: `${JSON.stringify(branch)} is not a branch`, hint });
  }
  if (releases && !isBranch(releases.tags.replace(/\*$/, 'x'))) {
    const hint = 'Write a tag, perhaps with `*` at its end, such as `v*`: letters, digits and `._/-`.';
    problems.push({ path: 'delivery.releases.tags', message: `${JSON.stringify(releases.tags)} is not a tag`, hint });
  }
  return problems;
}

function isBranch(name: string): boolean {
  return /^[\w./-]+$/.test(name);
}

/** A connection leads to many repositories; a repository of CodeCommit is made with the pipelines. */
function sourceIsNamed({ source = 'codeconnections', repository }: Delivery): Problem[] {
  if (source === 'codeconnections' && repository === undefined) {
    const hint = "Name the repository: `repository: 'https://github.com/acme/shows'`.";
    return [{ path: 'delivery.repository', message: 'is missing', hint }];
  }
  if (source === 'codecommit' && repository !== undefined) {
    const hint = 'Leave it out: the repository is made in CodeCommit, with the name of the app.';
    return [{ path: 'delivery.repository', message: 'means nothing with `codecommit`', hint }];
  }
  return [];
}

/** CodePipeline reads one branch of CodeCommit, whatever started it. */
function exactBranches({ branches = {} }: Delivery): Problem[] {
  const hint = "Name one branch for it, or take the source from elsewhere: `source: 'codeconnections'`.";
  const owners = new Map<string, string>();
  return Object.entries(branches).flatMap(([branch, environment]) => {
    const path = `delivery.branches.${branch}`;
    const owner = owners.get(environment);
    owners.set(environment, owner ?? branch);
    if (branch.endsWith('*')) return [{ path, message: 'CodeCommit needs one branch, not many', hint }];
    if (owner === undefined) return [];
    const message = `\`${environment}\` gets what is on \`${owner}\` already, and CodeCommit needs one branch`;
    return [{ path, message, hint }];
  });
}
