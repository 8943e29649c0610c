import type { App } from '@keelson/contract';

export interface DeliveryStepsArgs {
  readonly app: App;
  readonly out: string;
  /** Paths from `out`. */
  readonly changed: readonly string[];
  /** The environment that is made first, when nothing was generated before. */
  readonly first?: string;
}

/** What makes a pipeline of the files that were written. */
export function deliverySteps({ app, out, changed, first }: DeliveryStepsArgs): string[] {
  const file = changed.find((path) => path.endsWith('buildspec.yml'));
  if (file === undefined || app.delivery?.provider !== 'codebuild') return [];
  const where = file.startsWith('..')
    ? 'commit and push buildspec.yml: CodeBuild reads it from the repository'
    : `commit ${out}/${file} as buildspec.yml at the root of the repository: CodeBuild reads it there`;
  if (first === undefined) return [where];
  return [
    where,
    `aws codebuild start-build --region ${app.region} --project-name ${app.name}-${first}-deliver   (from now on, instead of building and applying by hand)`,
  ];
}
