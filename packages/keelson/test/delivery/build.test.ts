import { describe, expect, test } from 'vitest';
import { deliveryFiles } from '../../src/delivery/index.ts';
import { appWith, withDatabase, withTwoServices } from './apps.ts';
import { type Build, build, commit, imageBefore, parameterFile, registry } from './code-build.ts';

const text = (app = appWith()) => deliveryFiles(app).get('buildspec.yml') ?? '';
const image = (service: string, tag = commit) => `${registry}/shop/${service}:${tag}`;

/** Calls that change something, or that decide, without their options. */
function steps({ calls }: Build): string[] {
  const told =
    /^(?:npm .*|docker (?:build|push)|aws ssm put-parameter|aws ecs run-task|terraform \S+ (?:init|plan|apply))/;
  return calls.flatMap((call) => {
    const step = told.exec(call)?.[0].replace(/-chdir=\S+ /, '');
    if (step === undefined) return [];
    return [call.includes('-target=') ? `${step} target` : step];
  });
}

function expectUntouched(built: Build, app = 'shop', service = 'api'): void {
  expect(built.succeeded).toBe(false);
  expect(built.file(parameterFile(app, service))).toBe(imageBefore(app, service));
  expect(built.file(`running/${service}`)).toBe(imageBefore(app, service));
}

describe('a delivery', () => {
  test.each(['one each', 'one for all'] as const)(
    'tests, builds, pushes and applies the commit (shells: %s)',
    async (shells) => {
      const built = await build(text(), { shells });
      expect(built.output).toContain(`api runs ${image('api')}`);
      expect(built.succeeded).toBe(true);
      expect(steps(built)).toEqual([
        'npm ci',
        'npm run typecheck --if-present',
        'npm test',
        'docker build',
        'docker push',
        'terraform init',
        'aws ssm put-parameter',
        'terraform plan',
        'terraform apply',
      ]);
      expect(built.calls).toContain(`docker build --platform linux/amd64 --tag ${image('api')} .`);
      expect(built.calls).toContain('aws ecs wait services-stable --cluster shop-dev --services api');
      expect(built.file(parameterFile('shop', 'api'))).toBe(image('api'));
      expect(built.file('running/api')).toBe(image('api'));
    },
  );

  test('applies what was planned and checked, without a look at what Terraform manages', async () => {
    const { calls } = await build(text());
    const terraform = calls.filter((call) => call.startsWith('terraform'));
    expect(terraform.find((call) => call.includes(' plan '))).toContain(
      '-chdir=infra/dev plan -input=false -no-color -refresh=false',
    );
    expect(terraform.at(-1)).toMatch(/ apply .*delivery\.tfplan$/);
  });

  test('installs packages and runs tests without the credentials of its role', async () => {
    const seen = (await build(text())).file('credentials-of-npm')?.split('\n');
    expect(seen?.map((line) => line.trim()).filter(Boolean)).toEqual(['ci', 'run typecheck --if-present', 'test']);
  });

  test('builds and pushes nothing when the tag is there already, and applies it', async () => {
    const built = await build(text(), { pushed: [`api:${commit}`] });
    expect(built.succeeded).toBe(true);
    expect(steps(built).filter((step) => step.startsWith('docker'))).toEqual([]);
    expect(built.file('running/api')).toBe(image('api'));
  });

  test('builds an image for Lambda without provenance, which would make an index of it', async () => {
    const { calls } = await build(text(appWith({ services: { api: { source: 'src/main.ts', compute: 'lambda' } } })));
    expect(calls).toContain(`docker build --platform linux/amd64 --provenance=false --tag ${image('api')} .`);
  });

  test('of two services builds what is missing, each from a Dockerfile of its own, and applies both', async () => {
    const built = await build(text(withTwoServices), { pushed: [`api:${commit}`] });
    expect(built.succeeded).toBe(true);
    const docker = built.calls.filter((call) => /^docker (build|push)/.test(call));
    expect(docker).toEqual([
      `docker build --platform linux/amd64 --file Dockerfile.mail-worker --tag ${image('mail-worker')} .`,
      `docker push ${image('mail-worker')}`,
    ]);
    expect(built.file('running/api')).toBe(image('api'));
    expect(built.file('running/mail-worker')).toBe(image('mail-worker'));
  });
});

describe('what fails', () => {
  test.each(['npm ci', 'npm run typecheck', 'npm test', 'docker login', 'docker create'])(
    '%s: nothing is built, pushed or changed',
    async (call) => {
      const built = await build(text(), { variables: { FAIL: call } });
      expectUntouched(built);
      expect(built.phases).not.toContain('post_build');
      expect(built.calls.filter((each) => /^docker (build|push)|^aws ssm put|^terraform/.test(each))).toEqual([]);
    },
  );

  test.each(['docker build', 'aws ecr batch-get-image'])(
    '%s: nothing is pushed or changed afterwards',
    async (call) => {
      const built = await build(text(), { variables: { FAIL: call } });
      expectUntouched(built);
      expect(built.phases).toContain('post_build');
      expect(built.output).toContain('nothing changes in dev');
      expect(built.calls.filter((each) => /^docker push|^aws ssm put|^terraform/.test(each))).toEqual([]);
    },
  );

  test('the push: the parameter is not touched', async () => {
    const built = await build(text(), { variables: { FAIL: 'docker push' } });
    expectUntouched(built);
    expect(built.calls.filter((each) => each.startsWith('aws ssm'))).toEqual([]);
  });

  test.each(['one each', 'one for all'] as const)(
    'the apply: the image before is said and applied again (shells: %s)',
    async (shells) => {
      const built = await build(text(), { shells, variables: { FAIL: 'terraform -chdir=infra/dev apply' } });
      expectUntouched(built);
      expect(steps(built).slice(-6)).toEqual([
        'aws ssm put-parameter',
        'terraform plan',
        'terraform apply',
        'aws ssm put-parameter',
        'terraform plan',
        'terraform apply',
      ]);
      expect(built.output).toContain('back to what ran before');
    },
  );

  test('the plan: the parameter is put back, and nothing is applied', async () => {
    const built = await build(text(), { variables: { FAIL: 'terraform -chdir=infra/dev plan' } });
    expectUntouched(built);
    expect(steps(built)).not.toContain('terraform apply');
  });

  test('one parameter of two: the other is put back', async () => {
    const failing = 'aws ssm put-parameter --name /shop/dev/mail-worker/image';
    const built = await build(text(withTwoServices), { variables: { FAIL: failing } });
    expectUntouched(built);
    expectUntouched(built, 'shop', 'mail-worker');
  });

  test('tasks that do not become healthy: ECS goes back by itself, and so does the delivery', async () => {
    const built = await build(text(), { variables: { UNHEALTHY: commit } });
    expectUntouched(built);
    expect(built.output).toContain('did not become healthy');
  });

  test.each([
    ['a role', 'aws_iam_role', ['create']],
    ['a service', 'aws_ecs_service', ['delete', 'create']],
    ['a table', 'aws_dynamodb_table', ['delete']],
  ])('a commit that changes more than what runs (%s): named, and nothing is applied', async (_title, type, actions) => {
    const change = { address: `${type}.other`, mode: 'managed', type, change: { actions } };
    const built = await build(text(), { variables: { PLAN: JSON.stringify({ resource_changes: [change] }) } });
    expectUntouched(built);
    expect(built.output).toContain(`${actions.join('/')} ${type}.other`);
    expect(steps(built)).not.toContain('terraform apply');
  });

  test('a plan that only reads and replaces task definitions is none of these', async () => {
    const changes = [
      { address: 'data.aws_x.y', mode: 'data', type: 'aws_x', change: { actions: ['read'] } },
      { address: 'aws_vpc.main', mode: 'managed', type: 'aws_vpc', change: { actions: ['no-op'] } },
      { address: 'a', mode: 'managed', type: 'aws_ecs_task_definition', change: { actions: ['create', 'delete'] } },
    ];
    const built = await build(text(), { variables: { PLAN: JSON.stringify({ resource_changes: changes }) } });
    expect(built.succeeded).toBe(true);
  });
});

test('gives the image a tag of the environment, which keeps it in the registry', async () => {
  const keeps = ({ calls }: Build) => calls.filter((call) => call.startsWith('aws ecr put-image'));
  const built = await build(text());
  expect(built.succeeded).toBe(true);
  expect(keeps(built).map((call) => /--image-tag (\S+)/.exec(call)?.[1])).toEqual([`dev-${commit}`]);
  expect(keeps(await build(text(), { pushed: [`api:${commit}`, `api:dev-${commit}`] }))).toEqual([]);
  expectUntouched(await build(text(), { variables: { FAIL: 'aws ecr put-image' } }));
});

describe('the way back', () => {
  const back = { IMAGE_TAG: 'a1b2c3' };

  test('IMAGE_TAG deploys that image: nothing is tested, built or pushed', async () => {
    const built = await build(text(), { variables: back, pushed: ['api:a1b2c3'] });
    expect(built.succeeded).toBe(true);
    expect(steps(built)).toEqual(['terraform init', 'aws ssm put-parameter', 'terraform plan', 'terraform apply']);
    expect(built.file('running/api')).toBe(image('api', 'a1b2c3'));
  });

  test('to an image that is not there, it changes nothing and says so', async () => {
    const built = await build(text(), { variables: back });
    expectUntouched(built);
    expect(built.output).toContain(`There is no ${image('api', 'a1b2c3')}`);
    expect(built.calls.filter((each) => /^docker (build|push)|^aws ssm put/.test(each))).toEqual([]);
  });

  test.each(['$(touch pwned)', 'a b', '--force', ''.padEnd(129, 'a'), '../x'])(
    'IMAGE_TAG %j is refused',
    async (tag) => {
      const built = await build(text(), { variables: { IMAGE_TAG: tag } });
      expectUntouched(built);
      expect(built.output).toContain('is not a tag');
      expect(built.phases).toEqual(['install', 'pre_build']);
    },
  );
});

describe('with a database', () => {
  test('the migrations of the new image run before it does', async () => {
    const built = await build(text(withDatabase));
    expect(built.output).toContain('migrated');
    expect(built.succeeded).toBe(true);
    expect(steps(built).slice(-6)).toEqual([
      'aws ssm put-parameter',
      'terraform plan',
      'terraform apply target',
      'aws ecs run-task',
      'terraform plan',
      'terraform apply',
    ]);
    expect(built.calls.find((call) => call.includes('-target='))).toContain(
      '-target=aws_ecs_task_definition.db_migrate',
    );
    const run = built.calls.find((call) => call.startsWith('aws ecs run-task'));
    expect(run).toContain(
      '--task-definition shop-dev-db-migrate --network-configuration awsvpcConfiguration={subnets=[a,b]}',
    );
    expect(built.calls).toContain('aws logs tail /shop/dev/db-migrate --since 15m --format short');
  });

  test('the way back: the migrations of the older image leave newer ones as they are', async () => {
    const run = ({ calls }: Build) => calls.find((call) => call.startsWith('aws ecs run-task'));
    const back = await build(text(withDatabase), { variables: { IMAGE_TAG: 'a1b2c3' }, pushed: ['api:a1b2c3'] });
    expect(back.succeeded).toBe(true);
    expect(run(back)).toContain(
      ' --overrides containerOverrides=[{name=db-migrate,environment=[{name=KEEP_NEWER_MIGRATIONS,value=true}]}] --query',
    );
    expect(run(await build(text(withDatabase)))).not.toContain('KEEP_NEWER_MIGRATIONS');
  });

  test('migrations that fail: the new image does not run, and the parameter is put back', async () => {
    const built = await build(text(withDatabase), { variables: { MIGRATION_EXIT_CODE: '1' } });
    expectUntouched(built);
    expect(built.output).toContain('The migrations failed (exit code 1).');
  });
});
