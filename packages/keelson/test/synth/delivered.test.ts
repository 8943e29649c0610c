import { dirname } from 'node:path';
import { synth } from '@keelson/infra';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environmentStack } from '../../../infra/test/synth/apps.ts';
import { allows, policyOf } from '../../../infra/test/synth/policy.ts';
import {
  type AppliedEnvironment,
  appliedEnvironment,
  whyNoApplies,
} from '../../../infra/test/terraform/applied-environment.ts';
import { type Workspace, workspace } from '../../../infra/test/terraform/offline.ts';
import { saySkipped } from '../../../infra/test/tools.ts';
import { deliveryFiles } from '../../src/delivery/index.ts';
import { appWith } from '../delivery/apps.ts';
import { askedBy } from '../delivery/asked.ts';
import { type Build, build, commit } from '../delivery/code-build.ts';
import { type Recorder, startRecorder } from '../delivery/recorder.ts';

const bucket = 'shop-terraform-state';
const app = appWith({ environments: { dev: { ephemeral: true, network: { tasks: 'public' } } } });
const image = (tag: string) => `123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/api:${tag}`;
const isAsked = (process.env['KEELSON_TEST_APPLY'] ?? '').split(',').includes('dev');

describe.skipIf(saySkipped('a delivery to an emulated account', whyNoApplies(isAsked)))(
  'buildspec.yml, in an emulated account',
  () => {
    let here: AppliedEnvironment;
    let source: Workspace;
    let recorder: Recorder;

    beforeAll(async () => {
      here = await appliedEnvironment(app, 'dev');
      await here.applyInOrder();
      recorder = await startRecorder(here.emulator.url);
      source = await checkedOut(here);
    }, 900_000);
    afterAll(async () => {
      source?.remove();
      await recorder?.stop();
      await here?.stop();
    });

    let delivered: Build;
    test('pushes the commit, and the service runs it', async () => {
      delivered = await build(deliveryFiles(app).get('buildspec.yml') ?? '', {
        folder: dirname(dirname(source.folder)),
        standIns: ['docker', 'npm'],
        variables: {
          ...here.emulator.env,
          AWS_ENDPOINT_URL: recorder.url,
          AWS_DEFAULT_REGION: app.region,
          TF_CLI_CONFIG_FILE: `${dirname(dirname(source.folder))}/terraform.rc`,
          // The emulator's buckets are paths, not host names.
          TF_CLI_ARGS_init: '-backend-config=use_path_style=true',
          ON_PUSH: putImage,
        },
      });
      expect(delivered.output).toContain(`api runs ${image(commit)}`);
      expect(delivered.succeeded).toBe(true);
      expect(delivered.calls.filter((call) => call.startsWith('docker push'))).toEqual([
        `docker push ${image(commit)}`,
      ]);
    }, 300_000);

    test('the state in the bucket says so too: a plan after it is empty', async () => {
      const parameter = ['ssm', 'get-parameter', '--name', '/shop/dev/api/image', '--query', 'Parameter.Value'];
      expect(await here.account.aws(...parameter)).toBe(image(commit));
      const env = ['-input=false', '-no-color', '-refresh=false'];
      expect(await source.terraform('plan', ...env)).toContain('No changes.');
    }, 120_000);

    test('the role of the project may do everything that the delivery did', () => {
      const policy = policyOf(environmentStack(app), 'deliver');
      const asked = recorder.requests.flatMap((request) => askedBy(request, app.region));
      const actions = new Set(asked.map(({ action }) => action));
      for (const action of [
        'ecs:RegisterTaskDefinition',
        'ecs:UpdateService',
        'iam:PassRole',
        's3:PutObject',
        'ssm:PutParameter',
      ]) {
        expect(actions).toContain(action);
      }
      expect(asked.filter((each) => !allows(policy, each))).toEqual([]);
    });
  },
);

/** What `docker push` does in the end, with the reference as `$1`. */
const putImage = `
name=\${1#*/}
aws ecr put-image --repository-name "\${name%:*}" --image-tag "\${name##*:}" --image-manifest '${JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
  config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: 1, digest: `sha256:${'0'.repeat(64)}` },
  layers: [],
})}' > /dev/null`;

/** What CodeBuild clones, with the state where delivery.tf and backend.tf say it is. */
async function checkedOut(here: AppliedEnvironment): Promise<Workspace> {
  const files = new Map([...synth(app).files].map(([path, text]) => [`infra/${path}`, text]));
  const made = workspace(files, 'infra/dev', { ...here.emulator.env, AWS_REGION: app.region }, 'as configured');
  made.add('state.json', mended(await here.made.terraform('state', 'pull')));
  const there = ['s3api', 'create-bucket', '--bucket', bucket, '--create-bucket-configuration'];
  await here.account.aws(...there, `LocationConstraint=${app.region}`).catch(() => undefined);
  const body = `${dirname(dirname(made.folder))}/state.json`;
  await here.account.aws(
    's3api',
    'put-object',
    '--bucket',
    bucket,
    '--key',
    'shop/dev/terraform.tfstate',
    '--body',
    body,
  );
  return made;
}

interface State {
  readonly resources: readonly { readonly type: string; readonly instances: readonly { attributes: object }[] }[];
}

/** What the emulator does not keep; a delivery would refuse to set it again, rightly. */
function mended(state: string): string {
  const tags_all = { Project: app.name, Environment: 'dev', ManagedBy: 'keelson' };
  const lost: Record<string, object> = {
    aws_codebuild_project: { concurrent_build_limit: 1 },
    aws_appautoscaling_target: { tags_all },
  };
  const parsed = JSON.parse(state) as State;
  for (const { type, instances } of parsed.resources) {
    for (const instance of instances) instance.attributes = { ...instance.attributes, ...lost[type] };
  }
  return JSON.stringify(parsed);
}
