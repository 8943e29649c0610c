import type { App } from '@keelson/contract';
import { identifier } from '../../site/site.ts';

/** One pipeline: what starts it, and where its image goes. */
export interface Flow {
  /** `<app>-<environment>`; the app's name for the one that goes through every environment. */
  readonly name: string;
  /** As Terraform would have it. */
  readonly id: string;
  /** A push to one of them starts it; a name may end in `*`. */
  readonly branches: readonly string[];
  /** Such a tag starts it instead: it takes the image that a branch has built. */
  readonly tags: string | undefined;
  /** Branch that it takes when a person starts it. */
  readonly branch: string;
  /** In the order of delivery. */
  readonly stops: readonly Stop[];
}

export interface Stop {
  readonly environment: string;
  /** A person says yes before. */
  readonly hasApproval: boolean;
}

/** The pipelines of a delivery by CodePipeline: one per environment that a branch or a tag leads to. */
export function flowsOf(app: App): Flow[] {
  const { delivery, name } = app;
  if (delivery?.provider !== 'codepipeline') return [];
  const release = delivery.releases;
  const main = delivery.branch ?? 'main';
  const to = (environment: string) => ({
    name: `${name}-${environment}`,
    id: identifier(environment),
    stops: [stop(app, environment)],
  });
  const releases = release ? [{ ...to(release.environment), branches: [], tags: release.tags, branch: main }] : [];
  if (delivery.branches) {
    const byEnvironment = [...grouped(delivery.branches)].map(([environment, branches]) => {
      const branch = branches.find((each) => !each.endsWith('*')) ?? main;
      return { ...to(environment), branches, tags: undefined, branch };
    });
    return [...byEnvironment, ...releases];
  }
  const inTurn = Object.keys(app.environments ?? {}).filter((environment) => environment !== release?.environment);
  if (inTurn.length === 0) return releases;
  const stops = inTurn.map((environment) => stop(app, environment));
  return [{ name, id: 'delivery', branches: [main], tags: undefined, branch: main, stops }, ...releases];
}

function stop({ delivery, environments }: App, environment: string): Stop {
  const isProtected = environments?.[environment]?.ephemeral !== true;
  return { environment, hasApproval: delivery?.approval?.includes(environment) ?? isProtected };
}

/** Branches by the environment that they lead to. */
function grouped(branches: Readonly<Record<string, string>>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [branch, environment] of Object.entries(branches)) {
    groups.set(environment, [...(groups.get(environment) ?? []), branch]);
  }
  return groups;
}
