import { type Expression, jsonencode } from '../../hcl/index.ts';
import type { Flow, Stop } from './flows.ts';
import { type Source, sourceName } from './source.ts';

/** Name of the variable that a person starts a pipeline with to go back, and what it says otherwise. */
export const imageTag = { name: 'IMAGE_TAG', none: '-' } as const;

/** Source → Build, or Image for a release → for each environment Approve, where it is asked for, → Deploy. */
export function stagesOf(flow: Flow, source: Source, build: Expression, projectOf: (environment: string) => string) {
  return [
    fetchStage(flow, source),
    imageStage(flow, build),
    ...flow.stops.flatMap((stop) => stagesAt(stop, projectOf)),
  ];
}

function fetchStage(flow: Flow, { provider, configuration }: Source) {
  return stage(sourceName, {
    category: 'Source',
    provider,
    namespace: sourceName,
    output_artifacts: [sourceName],
    configuration: configuration(flow),
  });
}

/** A release builds nothing: it takes the image that was tested and built when its commit was pushed. */
function imageStage({ tags }: Flow, build: Expression) {
  const isRelease = tags !== undefined;
  return stage(isRelease ? 'Image' : 'Build', codeBuild(build, isRelease ? { PROMOTE: 'yes' } : {}));
}

function stagesAt({ environment, hasApproval }: Stop, projectOf: (environment: string) => string) {
  const deploy = stage(`Deploy-${environment}`, codeBuild(projectOf(environment), {}));
  if (!hasApproval) return [deploy];
  const question = `Deliver #{${sourceName}.CommitId} to ${environment}? Image: #{variables.${imageTag.name}}, or that of the commit`;
  const approve = { category: 'Approval', provider: 'Manual', configuration: { CustomData: question } };
  return [stage(`Approve-${environment}`, approve), deploy];
}

function codeBuild(project: Expression | string, variables: Readonly<Record<string, string>>) {
  const given = {
    COMMIT: `#{${sourceName}.CommitId}`,
    [imageTag.name]: `#{variables.${imageTag.name}}`,
    ...variables,
  };
  const entries = Object.entries(given).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' }));
  return {
    category: 'Build',
    provider: 'CodeBuild',
    input_artifacts: [sourceName],
    configuration: { ProjectName: project, EnvironmentVariables: jsonencode(entries) },
  };
}

interface Action {
  readonly category: string;
  readonly provider: string;
  readonly namespace?: string;
  readonly input_artifacts?: readonly string[];
  readonly output_artifacts?: readonly string[];
  readonly configuration: Readonly<Record<string, Expression | string>>;
}

/** Of one action with the same name. */
function stage(name: string, { category, provider, configuration, ...rest }: Action) {
  return { name, action: { name, category, owner: 'AWS', provider, version: '1', ...rest, configuration } };
}
