import { describe, expect, test } from 'vitest';
import { deliveryFiles } from '../../src/delivery/index.ts';
import { type Build, build, type BuildOptions, commit, imageBefore, parameterFile, registry } from './code-build.ts';
import { byPipeline, byPipelineWithDatabase, byPipelineWithTwoServices } from './pipeline-apps.ts';

const spec = (name: 'buildspec' | 'deployspec', app = byPipeline) => deliveryFiles(app).get(`${name}.yml`) ?? '';
const image = (service: string, tag = commit) => `${registry}/shop/${service}:${tag}`;

/** What a stage of the pipeline passes on, where nobody named an image. */
const passed = { COMMIT: commit, IMAGE_TAG: '-' };
/** The project that builds has no environment. */
const shared = { ENVIRONMENT: undefined, CLUSTER: undefined, CODEBUILD_RESOLVED_SOURCE_VERSION: undefined };

function run(text: string, options: BuildOptions = {}): Promise<Build> {
  return build(text, { ...options, variables: { ...passed, ...options.variables } });
}
const runBuild = (options: BuildOptions = {}, app = byPipeline) =>
  run(spec('buildspec', app), { ...options, variables: { ...shared, ...options.variables } });
const runDeploy = (options: BuildOptions = {}, app = byPipeline) => run(spec('deployspec', app), options);

function steps({ calls }: Build): string[] {
  const told =
    /^(?:npm .*|docker (?:build|push|login)|aws ssm put-parameter|aws ecs run-task|terraform \S+ (?:init|plan|apply))/;
  return calls.flatMap((call) => told.exec(call)?.[0].replace(/-chdir=\S+ /, '') ?? []);
}

function expectUntouched(built: Build): void {
  expect(built.succeeded).toBe(false);
  expect(built.file(parameterFile('shop', 'api'))).toBe(imageBefore('shop', 'api'));
  expect(built.file('running/api')).toBe(imageBefore('shop', 'api'));
}

describe('the build of a pipeline', () => {
  test.each(['one each', 'one for all'] as const)(
    'tests, builds and pushes the commit, and touches no environment (shells: %s)',
    async (shells) => {
      const built = await runBuild({ shells });
      expect(built.output).toContain(`The image is ${commit}.`);
      expect(built.succeeded).toBe(true);
      expect(steps(built)).toEqual([
        'npm ci',
        'npm run typecheck --if-present',
        'npm test',
        'docker login',
        'docker build',
        'docker push',
      ]);
      expect(built.calls).toContain(`docker push ${image('api')}`);
      expect(built.calls.filter((call) => /^(?:terraform|aws ssm|aws ecs)/.test(call))).toEqual([]);
    },
  );

  test('installs packages and runs tests without the credentials of its role', async () => {
    const seen = (await runBuild()).file('credentials-of-npm')?.split('\n');
    expect(seen?.map((line) => line.trim()).filter(Boolean)).toEqual(['ci', 'run typecheck --if-present', 'test']);
  });

  test('a commit that was built before is tested, and not built again', async () => {
    const built = await runBuild({ pushed: [`api:${commit}`] });
    expect(built.succeeded).toBe(true);
    expect(steps(built).filter((step) => step.startsWith('docker'))).toEqual(['docker login']);
  });

  test.each(['npm ci', 'npm run typecheck', 'npm test', 'docker login', 'docker build', 'aws ecr batch-get-image'])(
    '%s fails: nothing is pushed',
    async (call) => {
      const built = await runBuild({ variables: { FAIL: call } });
      expect(built.succeeded).toBe(false);
      expect(steps(built)).not.toContain('docker push');
    },
  );

  test('a push that fails is a failure; one that comes second to that of another build is not', async () => {
    expect((await runBuild({ variables: { FAIL: 'docker push' } })).succeeded).toBe(false);
    const second = await runBuild({ variables: { PUSHED_MEANWHILE: 'yes' } });
    expect(second.output).toContain('tag is immutable');
    expect(second.succeeded).toBe(true);
  });

  test('of two services pushes what is missing', async () => {
    const built = await runBuild({ pushed: [`api:${commit}`] }, byPipelineWithTwoServices);
    expect(built.succeeded).toBe(true);
    expect(built.calls.filter((call) => call.startsWith('docker push'))).toEqual([
      `docker push ${image('mail-worker')}`,
    ]);
  });
});

describe('a release', () => {
  const release = { PROMOTE: 'yes' };

  test('takes the image of the tagged commit: nothing is tested, built or pushed', async () => {
    const built = await runBuild({ variables: release, pushed: [`api:${commit}`] });
    expect(built.succeeded).toBe(true);
    expect(built.output).toContain(`${image('api')} is there already.`);
    expect(steps(built)).toEqual(['docker login']);
  });

  test('of a commit that was never built stops, and says what to do', async () => {
    const built = await runBuild({ variables: release });
    expect(built.succeeded).toBe(false);
    expect(built.output).toContain(`There is no ${image('api')}. Nothing is built here: push the commit to a branch`);
    expect(steps(built)).toEqual(['docker login']);
  });

  test('of two services needs both', async () => {
    const built = await runBuild({ variables: release, pushed: [`api:${commit}`] }, byPipelineWithTwoServices);
    expect(built.succeeded).toBe(false);
    expect(built.output).toContain(`There is no ${image('mail-worker')}.`);
  });

  test('goes back to the image that a person named, not to that of the commit', async () => {
    const built = await runBuild({ variables: { ...release, IMAGE_TAG: 'a1b2c3' }, pushed: ['api:a1b2c3'] });
    expect(built.succeeded).toBe(true);
    expect(built.output).toContain('The image is a1b2c3.');
  });
});

describe('the deploy of a pipeline', () => {
  test.each(['one each', 'one for all'] as const)(
    'says which image runs and applies it (shells: %s)',
    async (shells) => {
      const built = await runDeploy({ shells, pushed: [`api:${commit}`] });
      expect(built.output).toContain(`api runs ${image('api')}`);
      expect(built.succeeded).toBe(true);
      expect(steps(built)).toEqual(['terraform init', 'aws ssm put-parameter', 'terraform plan', 'terraform apply']);
      expect(built.file(parameterFile('shop', 'api'))).toBe(image('api'));
      expect(built.file('running/api')).toBe(image('api'));
    },
  );

  test('gives the image a tag of the environment, which keeps it in the registry, and does so once', async () => {
    const built = await runDeploy({ pushed: [`api:${commit}`] });
    expect(built.calls.filter((call) => call.startsWith('aws ecr put-image'))).toEqual([
      `aws ecr put-image --repository-name shop/api --image-tag dev-${commit} --image-manifest {"manifest": "of ${commit}"}`,
    ]);
    const again = await runDeploy({ pushed: [`api:${commit}`, `api:dev-${commit}`] });
    expect(again.succeeded).toBe(true);
    expect(again.calls.filter((call) => call.startsWith('aws ecr put-image'))).toEqual([]);
    const failed = await runDeploy({ pushed: [`api:${commit}`], variables: { FAIL: 'aws ecr put-image' } });
    expectUntouched(failed);
  });

  test('without the image changes nothing and says so', async () => {
    const built = await runDeploy();
    expectUntouched(built);
    expect(built.output).toContain(`There is no ${image('api')}: nothing changes in dev.`);
    expect(built.calls.filter((call) => call.startsWith('terraform'))).toEqual([]);
  });

  test('goes back to the image that a person named', async () => {
    const built = await runDeploy({ variables: { IMAGE_TAG: 'a1b2c3' }, pushed: ['api:a1b2c3', `api:${commit}`] });
    expect(built.succeeded).toBe(true);
    expect(built.file('running/api')).toBe(image('api', 'a1b2c3'));
  });

  test.each(['$(touch pwned)', 'a b', '--force', '-x', ''.padEnd(129, 'a'), '../x'])(
    'IMAGE_TAG %j is refused',
    async (tag) => {
      const built = await runDeploy({ variables: { IMAGE_TAG: tag } });
      expectUntouched(built);
      expect(built.phases).not.toContain('build');
    },
  );

  test.each(['docker create', 'aws ecr batch-get-image'])('%s fails: nothing changes', async (call) => {
    const built = await runDeploy({ variables: { FAIL: call }, pushed: [`api:${commit}`] });
    expectUntouched(built);
    expect(steps(built)).not.toContain('aws ssm put-parameter');
  });

  test.each([
    ['Terraform finds no state', { FAIL: 'terraform -chdir=infra/dev init' }],
    ['the plan fails', { FAIL: 'terraform -chdir=infra/dev plan' }],
    ['the apply fails', { FAIL: 'terraform -chdir=infra/dev apply' }],
    ['the tasks do not become healthy', { UNHEALTHY: commit }],
  ])('%s: what ran before is put back', async (_title, variables) => {
    const built = await runDeploy({ variables, pushed: [`api:${commit}`] });
    expectUntouched(built);
    expect(built.output).toContain('back to what ran before');
  });

  test('a commit that changes more than what runs is named and not applied', async () => {
    const change = {
      address: 'aws_iam_role.other',
      mode: 'managed',
      type: 'aws_iam_role',
      change: { actions: ['create'] },
    };
    const variables = { PLAN: JSON.stringify({ resource_changes: [change] }) };
    const built = await runDeploy({ variables, pushed: [`api:${commit}`] });
    expectUntouched(built);
    expect(built.output).toContain('create aws_iam_role.other');
  });

  test('runs the migrations of the image before it, and puts everything back when they fail', async () => {
    const pushed = [`api:${commit}`];
    const built = await runDeploy({ pushed }, byPipelineWithDatabase);
    expect(built.output).toContain('migrated');
    expect(built.succeeded).toBe(true);
    expect(steps(built).indexOf('aws ecs run-task')).toBeLessThan(steps(built).lastIndexOf('terraform apply'));
    expectUntouched(await runDeploy({ pushed, variables: { MIGRATION_EXIT_CODE: '1' } }, byPipelineWithDatabase));
  });

  test.each([
    ['a1b2c3', true],
    ['-', false],
  ])('migrations newer than the image %s stay: %s', async (tag, isBack) => {
    const options = { variables: { IMAGE_TAG: tag }, pushed: ['api:a1b2c3', `api:${commit}`] };
    const { calls, succeeded } = await runDeploy(options, byPipelineWithDatabase);
    expect(succeeded).toBe(true);
    const run = calls.find((call) => call.startsWith('aws ecs run-task'));
    expect(run?.includes('name=db-migrate,environment=[{name=KEEP_NEWER_MIGRATIONS,value=true}]')).toBe(isBack);
  });
});
