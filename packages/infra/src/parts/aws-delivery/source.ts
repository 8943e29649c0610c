import type { App } from '@keelson/contract';
import type { Stack } from '../../aws/index.ts';
import type { Reference, Value } from '../../hcl/index.ts';
import type { Flow } from './flows.ts';
import type { Statement } from '../access/policy.ts';

/** Where pipelines take the source from. */
export interface Source {
  /** As CodePipeline calls it. */
  readonly provider: 'CodeStarSourceConnection' | 'CodeCommit';
  /** Settings of the source action. */
  configuration(flow: Flow): Readonly<Record<string, Reference | string>>;
  /** What a pipeline needs for it. */
  readonly statements: readonly Statement[];
  /** CodeCommit has no triggers: there an event starts the pipeline. */
  readonly repositoryArn: Reference | undefined;
}

/** Name of the source action, of its artifact and of its variables. */
export const sourceName = 'Source';

export function source(stack: Stack, app: App): Source {
  return app.delivery?.source === 'codecommit' ? codeCommit(stack, app) : connection(stack, app);
}

const connectionTypes: Readonly<Record<string, string>> = {
  'bitbucket.org': 'Bitbucket',
  'github.com': 'GitHub',
  'gitlab.com': 'GitLab',
};

/** Hosts that a connection needs nothing else for. */
export const connectedHosts = Object.keys(connectionTypes);

function connection(stack: Stack, app: App): Source {
  const [, host = '', repository = ''] =
    /^https:\/\/([^/]+)\/(.+?)(?:\.git)?$/.exec(app.delivery?.repository ?? '') ?? [];
  const made = stack.resource(
    'aws_codeconnections_connection',
    'source',
    { name: app.name, provider_type: connectionTypes[host] },
    { comment: 'It stays PENDING until a person authorises it, once: see the output connection_authorisation.' },
  );
  const settings = `https://${app.region}.console.aws.amazon.com/codesuite/settings/connections?region=${app.region}`;
  stack.output('connection_arn', { description: `Connection to ${repository}`, value: made.ref('arn') });
  stack.output('connection_authorisation', {
    description: 'What a person does once, and where. Until then no push starts anything.',
    value: `Open ${settings}, choose ${app.name}, "Update pending connection", and let AWS see ${repository} alone.`,
  });
  return {
    provider: 'CodeStarSourceConnection',
    configuration: ({ branch }) => ({
      ConnectionArn: made.ref('arn'),
      FullRepositoryId: repository,
      BranchName: branch,
      // The trigger says what starts it.
      DetectChanges: 'false',
      OutputArtifactFormat: 'CODE_ZIP',
    }),
    statements: [
      {
        sid: 'FetchSource',
        actions: ['codeconnections:UseConnection'],
        resources: [made.ref('arn')],
        // `ForAllValues`: not every request names a repository. Those that do name this one.
        condition: { 'ForAllValues:StringEquals': { 'codeconnections:FullRepositoryId': [repository] } },
      },
    ],
    repositoryArn: undefined,
  };
}

function codeCommit(stack: Stack, app: App): Source {
  const made = stack.resource(
    'aws_codecommit_repository',
    'source',
    { repository_name: app.name, description: `Source of ${app.name}` },
    { lifecycle: { prevent_destroy: true, comment: 'The source is nowhere else.' } },
  );
  stack.output('repository_url', { description: 'Where the source is pushed', value: made.ref('clone_url_http') });
  return {
    provider: 'CodeCommit',
    configuration: ({ branch }) => ({
      RepositoryName: made.ref('repository_name'),
      BranchName: branch,
      // An event starts it.
      PollForSourceChanges: 'false',
      OutputArtifactFormat: 'CODE_ZIP',
    }),
    statements: [
      {
        sid: 'FetchSource',
        actions: [
          'codecommit:CancelUploadArchive',
          'codecommit:GetBranch',
          'codecommit:GetCommit',
          'codecommit:GetRepository',
          'codecommit:GetUploadArchiveStatus',
          'codecommit:UploadArchive',
        ],
        resources: [made.ref('arn')],
      },
    ],
    repositoryArn: made.ref('arn'),
  };
}

/** What starts a pipeline at a connection. */
export function trigger({ branches, tags }: Flow) {
  const push: Value =
    tags === undefined ? { branches: { includes: branches.map(glob) } } : { tags: { includes: [glob(tags)] } };
  return {
    provider_type: 'CodeStarSourceConnection',
    git_configuration: { source_action_name: sourceName, push },
  };
}

/** One star of CodePipeline ends at the next slash. */
function glob(pattern: string): string {
  return pattern.replace(/\*$/, '**');
}
