import type { App } from '@keelson/contract';
import { flowsOf } from '@keelson/infra';
import { githubSteps } from './github-steps.ts';

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
  const files = changed.filter((path) => /(^|\/)(build|deploy)spec\.yml$/.test(path));
  const provider = app.delivery?.provider;
  const steps = [
    ...(provider === 'codepipeline' ? connectionSteps(app, out, changed) : []),
    ...(files.length > 0 ? [whereItIsRead(out, files)] : []),
  ];
  if (provider === 'github-actions') return githubSteps({ app, out, changed, isFirst: first !== undefined });
  if (provider === 'codepipeline') return [...steps, ...(files.length > 0 ? starts(app) : [])];
  if (provider !== 'codebuild' || files.length === 0) return [];
  if (first === undefined) return steps;
  return [
    ...steps,
    `aws codebuild start-build --region ${app.region} --project-name ${app.name}-${first}-deliver   (from now on, instead of building and applying by hand)`,
  ];
}

function whereItIsRead(out: string, files: readonly string[]): string {
  const names = files.map((path) => path.slice(path.lastIndexOf('/') + 1)).join(' and ');
  const [reads, them] = files.length === 1 ? ['CodeBuild reads it', 'it'] : ['CodeBuild reads them', 'them'];
  return files.every((path) => path.startsWith('..'))
    ? `commit and push ${names}: ${reads} from the repository`
    : `commit ${files.map((path) => `${out}/${path}`).join(' and ')} as ${names} at the root of the repository: CodeBuild reads ${them} there`;
}

/** AWS makes a connection that leads nowhere, until a person says yes at the other end. */
function connectionSteps(app: App, out: string, changed: readonly string[]): string[] {
  if (!changed.includes('shared/source.tf')) return [];
  const output = `terraform -chdir=${out}/shared output -raw`;
  return app.delivery?.source === 'codecommit'
    ? [`${output} repository_url   (once infra/shared is applied: push the source there)`]
    : [
        `${output} connection_authorisation   (once, by a person: the connection is PENDING, and no push starts anything before)`,
      ];
}

function starts(app: App): string[] {
  return flowsOf(app).map(({ name, branches, tags, stops }) => {
    const by = tags === undefined ? `a push to ${branches.join(', ')}` : `a tag ${tags}`;
    const to = stops.map(
      ({ environment, hasApproval }) => `${environment}${hasApproval ? ' (after an approval)' : ''}`,
    );
    return `from then on ${by} delivers to ${to.join(', then ')}: pipeline ${name}`;
  });
}
