import { describe, expect, test } from 'vitest';
import { deliveryFiles } from '../../src/delivery/index.ts';
import { commit, imageBefore, registry } from './code-build.ts';
import {
  byGitHub,
  byGitHubWithDatabase,
  byGitHubWithFunction,
  byGitHubWithTwoServices,
  microservices,
  wordsOfBash,
} from './github-apps.ts';
import { evaluate, interpolate } from './github-expression.ts';
import { parseWorkflow, push, type Ran, type RunOptions, runJob } from './github-runner.ts';

const fileOf = (app: typeof byGitHub, name: string) => deliveryFiles(app).get(`.github/workflows/${name}.yml`) ?? '';
const image = (service: string, tag = commit) => `${registry}/shop/${service}:${tag}`;
const vars = { AWS_ACCOUNT_ID: '123456789012' };
const onMain = { ref: 'refs/heads/main', sha: commit, event_name: 'push', run_id: '1' };

function start(contexts: RunOptions['contexts'] = {}): Promise<Ran> {
  return runJob(fileOf(byGitHub, 'deploy'), 'start', byGitHub, { contexts: { github: onMain, vars, ...contexts } });
}

describe('a deploy begins', () => {
  test('with the commit of the push as the tag', async () => {
    const ran = await start();
    expect(ran.result).toBe('success');
    expect(ran.outputs).toEqual({ tag: commit });
  });

  test('with the tag that someone asks for', async () => {
    expect((await start({ inputs: { environment: 'prod', tag: 'a1b2c3' } })).outputs).toEqual({ tag: 'a1b2c3' });
  });

  test.each([
    ';rm -rf .',
    '$(touch pwned)',
    '`id`',
    'a b',
    '--force',
    '../x',
    "'",
    '"',
    'a\nb',
    'a'.repeat(97),
    '%0A::x',
  ])('security: refuses the tag %j, and does not repeat it', async (tag) => {
    const ran = await start({ inputs: { environment: 'dev', tag } });
    expect(ran.result).toBe('failure');
    expect(ran.output).toBe(
      '::error title=Not a tag::The input tag takes a whole commit that was deployed before: letters, digits and ._-\n',
    );
    expect(ran.outputs).toEqual({ tag: '' });
  });

  test.each(['refs/heads/other', 'refs/heads/main-2', 'refs/tags/main', 'refs/heads/$(id)', 'refs/pull/1/merge'])(
    'security: nowhere but on its branch: %s',
    async (ref) => {
      const ran = await start({ github: { ...onMain, ref } });
      expect(ran.result).toBe('failure');
      expect(ran.output).toContain('Deploys run on main alone: gh workflow run deploy.yml --ref main');
    },
  );

  test.each(['', '1234', '123456789012 ', 'arn:aws:iam::123456789012:root'])(
    'not without the account: %j',
    async (id) => {
      const ran = await start({ vars: { AWS_ACCOUNT_ID: id } });
      expect(ran.result).toBe('failure');
      expect(ran.output).toContain('gh variable set AWS_ACCOUNT_ID');
    },
  );

  test('not to an environment that is not there', async () => {
    const ran = await start({ inputs: { environment: 'prod; id', tag: '' } });
    expect(ran.output).toContain('There is dev, prod.');
  });

  test.each(['esac', 'in'])('to an environment that is called like a word of bash: %s', async (environment) => {
    const ran = await runJob(fileOf(wordsOfBash, 'deploy'), 'start', wordsOfBash, {
      contexts: { github: onMain, vars, inputs: { environment, tag: '' } },
    });
    expect(ran.output).toBe('');
    expect(ran.outputs).toEqual({ tag: commit });
  });
});

describe('which jobs run', () => {
  const jobs = parseWorkflow(fileOf(byGitHub, 'deploy')).jobs;
  const runs = (id: string, contexts: object) => {
    const condition = jobs[id]?.if?.replace(/^\$\{\{(.*)\}\}$/s, '$1') ?? 'success()';
    return Boolean(evaluate(condition, { 'cancelled()': false, github: onMain, inputs: {}, ...contexts }));
  };
  const done = { start: { result: 'success' }, test: { result: 'success' }, build: { result: 'success' } };
  const dispatched = { ...onMain, event_name: 'workflow_dispatch' };

  test('a push tests, builds, and goes from environment to environment', () => {
    expect(runs('test', {})).toBe(true);
    expect(runs('build', { needs: done })).toBe(true);
    expect(runs('deploy-dev', { needs: done })).toBe(true);
    expect(runs('deploy-prod', { needs: { ...done, 'deploy-dev': { result: 'success' } } })).toBe(true);
  });

  test.each(['failure', 'cancelled', 'skipped'])('prod is left alone when dev ends with %s', (result) => {
    expect(runs('deploy-prod', { needs: { ...done, 'deploy-dev': { result } } })).toBe(false);
  });

  test('nothing is built when the tests fail, nothing deployed when an image is missing', () => {
    expect(runs('build', { needs: { ...done, test: { result: 'failure' } } })).toBe(false);
    expect(runs('build', { needs: { start: { result: 'failure' }, test: { result: 'skipped' } } })).toBe(false);
    expect(runs('deploy-dev', { needs: { ...done, build: { result: 'failure' } } })).toBe(false);
    expect(runs('deploy-dev', { needs: done, 'cancelled()': true })).toBe(false);
  });

  test('the way back goes to the one environment, without tests', () => {
    const back = { github: dispatched, inputs: { environment: 'prod', tag: 'a1b2c3' } };
    expect(runs('test', back)).toBe(false);
    const needs = { ...done, test: { result: 'skipped' }, 'deploy-dev': { result: 'skipped' } };
    expect(runs('build', { ...back, needs })).toBe(true);
    expect(runs('deploy-dev', { ...back, needs })).toBe(false);
    expect(runs('deploy-prod', { ...back, needs })).toBe(true);
  });

  test('security: none deploys from another branch', () => {
    const github = { ...dispatched, ref: 'refs/heads/other' };
    for (const environment of ['dev', 'prod'])
      expect(runs(`deploy-${environment}`, { github, inputs: { environment }, needs: done })).toBe(false);
  });

  test('prod is production at GitHub, or what it is called', () => {
    expect(jobs['deploy-prod']?.with).toMatchObject({ environment: 'prod', 'github-environment': 'production' });
    const renamed = {
      ...byGitHub,
      delivery: { ...byGitHub.delivery, github: { legacy: true, environments: { prod: 'live' } } },
    };
    const text = fileOf(renamed as typeof byGitHub, 'deploy');
    expect(parseWorkflow(text).jobs['deploy-prod']?.with?.['github-environment']).toBe('live');
  });
});

describe('an image', () => {
  const build = (options: RunOptions & { tag?: string } = {}) => {
    const { tag, ...rest } = options;
    const contexts = {
      github: onMain,
      vars,
      inputs: { tag: tag ?? '' },
      matrix: { service: 'api', dockerfile: 'Dockerfile' },
      needs: { start: { outputs: { tag: tag ?? commit } } },
    };
    return runJob(fileOf(byGitHub, 'deploy'), 'build', byGitHub, { contexts, ...rest });
  };
  /** What build-push-action did, and how it ended. */
  const builder = (isDone: boolean, meanwhile = false) => {
    const given: Readonly<Record<string, string>>[] = [];
    const does = (inputs: Readonly<Record<string, string>>, sandbox: string) => {
      given.push(inputs);
      if (isDone || meanwhile) push(sandbox, inputs['tags'] ?? '');
      return isDone;
    };
    return { given, actions: { 'docker/build-push-action': does, 'actions/checkout': () => true } };
  };
  const withDockerfile = { source: { Dockerfile: 'FROM scratch' } };

  test('is built and pushed under the whole commit', async () => {
    const { given, actions } = builder(true);
    const ran = await build({ actions, ...withDockerfile });
    expect(ran.result).toBe('success');
    expect(given).toHaveLength(1);
    expect(given[0]).toMatchObject({ tags: image('api'), push: 'true', provenance: 'false', platforms: 'linux/amd64' });
    expect(given[0]?.['cache-from']).toBe('type=gha,scope=api');
    expect(ran.calls).toContain(`docker login --username AWS --password-stdin ${registry}`);
  });

  test('that is there already is not built again', async () => {
    const { given, actions } = builder(true);
    const ran = await build({ actions, pushed: [`api:${commit}`] });
    expect(ran.result).toBe('success');
    expect(ran.output).toContain(`shop/api:${commit} is there already.`);
    expect(given).toEqual([]);
  });

  test('to go back to has to be there', async () => {
    const { given, actions } = builder(true);
    const ran = await build({ actions, tag: 'a1b2c3' });
    expect(ran.result).toBe('failure');
    expect(ran.output).toContain('There is no shop/api:a1b2c3 to go back to.');
    expect(given).toEqual([]);
    expect((await build({ actions, tag: 'a1b2c3', pushed: ['api:a1b2c3'] })).result).toBe('success');
  });

  test('that another run pushed meanwhile is the one', async () => {
    expect((await build({ ...builder(false, true), ...withDockerfile })).result).toBe('success');
  });

  test('that could not be pushed ends the deploy', async () => {
    const ran = await build({ ...builder(false), ...withDockerfile });
    expect(ran.result).toBe('failure');
    expect(ran.output).toContain(`::error title=Not pushed::shop/api:${commit}`);
  });

  test('without a Dockerfile: says what writes it', async () => {
    const ran = await build(builder(true));
    expect(ran.result).toBe('failure');
    expect(ran.output).toContain('::error title=No Dockerfile::npx keelson build writes it.');
  });
});

describe('one environment', () => {
  const deploy = (
    app = byGitHub,
    { tag = commit, back = false, ...options }: RunOptions & { tag?: string; back?: boolean | undefined } = {},
  ) => {
    const inputs = { environment: 'dev', 'github-environment': 'dev', tag, back, prefix: 'DEV' };
    return runJob(fileOf(app, 'deploy-environment'), 'deploy', app, {
      contexts: { github: onMain, vars: { ...vars, DEV_GOOGLE_CLIENT_ID: 'x' }, inputs },
      pushed: Object.keys(app.services).map((service) => `${service}:${tag}`),
      ...options,
    });
  };
  const parameter = (service = 'api') => `parameters/_shop_dev_${service}_image`;
  const expectBefore = (ran: Ran, service = 'api') => {
    expect(ran.result).not.toBe('success');
    expect(ran.file(parameter(service))).toBe(imageBefore('shop', service));
    expect(ran.file(`running/${service}`)).toBe(imageBefore('shop', service));
  };
  const told = ({ calls }: Ran) =>
    calls.flatMap((call) => {
      const step =
        /^(?:aws ssm put-parameter|aws ecs (?:run-task|wait)|aws lambda wait|terraform \S+ (?:init|plan|apply))/.exec(
          call,
        )?.[0];
      if (step === undefined) return [];
      return [step.replace(/-chdir=\S+ /, '') + (call.includes('-target=') ? ' target' : '')];
    });

  test('gets the image: said, planned, checked, applied, waited for', async () => {
    const ran = await deploy();
    expect(ran.output).toContain(`api runs ${image('api')}`);
    expect(ran.result).toBe('success');
    expect(told(ran)).toEqual([
      'terraform init',
      'aws ssm put-parameter',
      'terraform plan',
      'terraform apply',
      'aws ecs wait',
    ]);
    expect(ran.calls.find((call) => call.includes(' apply '))).toMatch(/-chdir=infra\/dev apply .* deploy\.tfplan$/);
    expect(ran.file(parameter())).toBe(image('api'));
    expect(ran.file('running/api')).toBe(image('api'));
    expect(ran.calls).toContain(
      `aws ecr put-image --repository-name shop/api --image-tag dev-${commit} --image-manifest {"manifest": "of ${commit}"}`,
    );
  });

  test('says what runs, where, and the way back', async () => {
    const ran = await deploy();
    expect(ran.environment).toEqual({ name: 'dev', url: 'https://dev.example.com' });
    expect(ran.summary).toBe(`### dev runs ${commit}

https://dev.example.com

| service | before |
| --- | --- |
| api | \`before\` |

Go back to what ran before:

    gh workflow run deploy.yml -f environment=dev -f tag=before
`);
  });

  test('of two services gets both, or neither', async () => {
    const ran = await deploy(byGitHubWithTwoServices);
    expect(ran.result).toBe('success');
    expect(ran.file('running/mail-worker')).toBe(image('mail-worker'));
    const failing = 'aws ssm put-parameter --name /shop/dev/mail-worker/image';
    const failed = await deploy(byGitHubWithTwoServices, { variables: { FAIL: failing } });
    expectBefore(failed);
    expectBefore(failed, 'mail-worker');
  });

  test('of a function waits for the function', async () => {
    const ran = await deploy(byGitHubWithFunction);
    expect(ran.output).toContain(`api runs ${image('api')}`);
    expect(ran.result).toBe('success');
    expect(told(ran).at(-1)).toBe('aws lambda wait');
    expectBefore(await deploy(byGitHubWithFunction, { variables: { UNHEALTHY: commit } }));
  });

  test('that a person was not asked about: names the repository variable', async () => {
    const ran = await runJob(fileOf(byGitHubWithFunction, 'deploy-environment'), 'deploy', byGitHubWithFunction, {
      contexts: { vars, inputs: { environment: 'dev', tag: commit, prefix: 'DEV' } },
      only: ({ name }) => name === "Look for Terraform's inputs",
      source: { 'infra/dev/variables.tf': 'variable "google_client_id" {\n}\n' },
    });
    expect(ran.result).toBe('failure');
    expect(ran.output).toContain('Set the repository variable DEV_GOOGLE_CLIENT_ID.');
  });

  test('fault: the apply fails: the image before is said and applied again', async () => {
    const ran = await deploy(byGitHub, { variables: { FAIL: 'terraform -chdir=infra/dev apply' } });
    expectBefore(ran);
    expect(told(ran).slice(-3)).toEqual(['aws ssm put-parameter', 'terraform plan', 'terraform apply']);
    expect(ran.output).toContain('::error title=Not deployed to dev::What ran before runs again.');
    expect(ran.summary).toContain(`### ${commit} was not deployed to dev`);
  });

  test('fault: tasks do not become healthy: back to what ran before', async () => {
    const ran = await deploy(byGitHub, { variables: { UNHEALTHY: commit } });
    expectBefore(ran);
    expect(ran.output).toContain('did not become healthy');
  });

  test('fault: the plan fails: the parameter is put back, and nothing is applied', async () => {
    const ran = await deploy(byGitHub, { variables: { FAIL: 'terraform -chdir=infra/dev plan' } });
    expectBefore(ran);
    expect(told(ran)).not.toContain('terraform apply');
  });

  test('fault: before anything is said, nothing is put back', async () => {
    const ran = await deploy(byGitHub, { variables: { FAIL: 'terraform -chdir=infra/dev init' } });
    expectBefore(ran);
    expect(ran.calls.filter((call) => call.startsWith('aws ssm'))).toEqual([]);
    expect(ran.output).toContain('Nothing was changed.');
  });

  test('fault: a parameter cannot be put back: says which and what, and that what runs may be mixed', async () => {
    const variables = {
      UNHEALTHY: commit,
      FAIL: `aws ssm put-parameter --name /shop/dev/api/image --type String --overwrite --value ${imageBefore('shop', 'api')}`,
    };
    const ran = await deploy(byGitHub, { variables });
    expect(ran.output).toContain(`/shop/dev/api/image was ${imageBefore('shop', 'api')}`);
    expect(ran.output).toContain('What runs may be mixed');
  });

  test.each(['Plan', 'Apply that plan', 'Wait until that is what runs'])(
    'fault: cancelled in “%s”: back to what ran before',
    async (cancelledIn) => expectBefore(await deploy(byGitHub, { cancelledIn })),
  );

  test('fault: a healthy deploy is not undone because its address cannot be read', async () => {
    const ran = await deploy(byGitHub, { variables: { FAIL: 'terraform -chdir=infra/dev output' } });
    expect(ran.result).toBe('success');
    expect(ran.file('running/api')).toBe(image('api'));
  });

  test.each([
    ['a role', 'aws_iam_role', ['create']],
    ['a service', 'aws_ecs_service', ['delete', 'create']],
    ['a function', 'aws_lambda_function', ['delete', 'create']],
    ['a table', 'aws_dynamodb_table', ['delete']],
  ])('a commit that changes more than what runs (%s): named, and nothing is applied', async (_title, type, actions) => {
    const change = { address: `${type}.other`, mode: 'managed', type, change: { actions } };
    const ran = await deploy(byGitHub, { variables: { PLAN: JSON.stringify({ resource_changes: [change] }) } });
    expectBefore(ran);
    expect(ran.output).toContain(`${actions.join('/')} ${type}.other`);
    expect(ran.output).toContain('gh workflow run terraform-manual.yml');
    expect(told(ran)).not.toContain('terraform apply');
  });

  describe('a function', () => {
    const deployFunction = (change: object) => {
      const each = { address: 'aws_lambda_function.api', mode: 'managed', type: 'aws_lambda_function' };
      const plan = { resource_changes: [{ ...each, change: { actions: ['update'], ...change } }] };
      return deploy(byGitHubWithFunction, { variables: { PLAN: JSON.stringify(plan) } });
    };
    const before = { image_uri: 'r:1', memory_size: 512, last_modified: 'then' };

    test('gets another image', async () => {
      const after = { image_uri: 'r:2', memory_size: 512 };
      const ran = await deployFunction({ before, after, after_unknown: { last_modified: true } });
      expect(told(ran)).toContain('terraform apply');
    });

    test('does not get other settings: the role may not change them, and the apply would end half-way', async () => {
      const after = { image_uri: 'r:2', memory_size: 1024 };
      const ran = await deployFunction({ before, after, after_unknown: { last_modified: true } });
      expect(told(ran)).not.toContain('terraform apply');
      expect(ran.output).toContain('update aws_lambda_function.api');
    });
  });

  test('with a database: the migrations of the new image run before it does', async () => {
    const ran = await deploy(byGitHubWithDatabase);
    expect(ran.result).toBe('success');
    expect(told(ran)).toEqual([
      'terraform init',
      'aws ssm put-parameter',
      'terraform plan',
      'terraform apply target',
      'aws ecs run-task',
      'aws ecs wait',
      'terraform plan',
      'terraform apply',
      'aws ecs wait',
    ]);
  });

  test('going back: the migrations of the older image leave newer ones as they are; a push does not ask for it', async () => {
    const asked = async (back: boolean | undefined) => {
      const ran = await deploy(byGitHubWithDatabase, { back });
      expect(ran.result).toBe('success');
      return ran.calls.filter((call) => call.startsWith('aws ecs run-task')).map((call) => call.includes('KEEP_NEWER'));
    };
    expect(await asked(false)).toEqual([false]);
    expect(await asked(true)).toEqual([true]);
    const { calls } = await deploy(byGitHubWithDatabase, { back: true });
    expect(calls.find((call) => call.startsWith('aws ecs run-task'))).toContain(
      ' --overrides containerOverrides=[{name=db-migrate,environment=[{name=KEEP_NEWER_MIGRATIONS,value=true}]}] --query',
    );
  });

  test('security: only a tag that a person named is a way back', () => {
    const { jobs } = parseWorkflow(fileOf(byGitHubWithDatabase, 'deploy'));
    for (const id of ['deploy-dev', 'deploy-prod']) {
      const isBack = (inputs: object) => interpolate(String(jobs[id]?.with?.['back']), { inputs });
      expect([isBack({}), isBack({ tag: '' }), isBack({ tag: 'a1b2c3' })]).toEqual(['false', 'false', 'true']);
    }
  });

  test('fault: there is time to go back before AWS takes the role away', () => {
    for (const name of ['deploy-environment', 'terraform-manual']) {
      const jobs = Object.values(parseWorkflow(fileOf(byGitHub, name)).jobs);
      // A session is 60 minutes by default; steps after a cancelled run get 5 more.
      for (const job of jobs) expect(job['timeout-minutes']).toBeLessThanOrEqual(60 - 5);
      for (const { with: inputs } of jobs.flatMap(({ steps = [] }) => steps))
        expect(inputs?.['role-duration-seconds']).toBeUndefined();
    }
  });

  test('fault: migrations that fail: the new image does not run, and the parameter is put back', async () => {
    const ran = await deploy(byGitHubWithDatabase, { variables: { MIGRATION_EXIT_CODE: '1' } });
    expectBefore(ran);
    expect(ran.output).toContain('::error title=The migrations failed::Exit code 1');
  });

  test('is changed by one run at a time, which is never stopped; Terraform by hand waits in the same line', () => {
    const groups = (['deploy-environment', 'terraform-manual'] as const).map((name) => {
      const jobs = Object.values(parseWorkflow(fileOf(microservices, name)).jobs);
      return jobs.flatMap(({ concurrency }) => concurrency ?? []);
    });
    const expected = [{ group: 'microservices-${{ inputs.environment }}', 'cancel-in-progress': false }];
    expect(groups).toEqual([expected, expected]);
  });
});

describe('a role that AWS refuses', () => {
  const token = (claims: object) => `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature-of-it`;
  const asked = (claims: object) =>
    runJob(fileOf(byGitHub, 'deploy-environment'), 'deploy', byGitHub, {
      contexts: {
        github: onMain,
        vars,
        inputs: { environment: 'prod', 'github-environment': 'production', tag: commit },
      },
      actions: { 'aws-actions/configure-aws-credentials': () => false },
      variables: {
        TOKEN: token(claims),
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'the-right-to-ask',
        ACTIONS_ID_TOKEN_REQUEST_URL: 'https://example.com/?a=b',
      },
    });
  const claims = {
    sub: 'repo:ada@11/shop@22:environment:production',
    aud: 'sts.amazonaws.com',
    iss: 'https://token.actions.githubusercontent.com',
    actor: 'ada',
    jti: 'j',
  };

  test('security: says sub, aud and iss of the token and what they are compared with, and nothing else of it', async () => {
    const ran = await asked({ ...claims, sub: 'repo:eve@1/shop@2:environment:production' });
    expect(ran.result).toBe('failure');
    expect(ran.output).toContain(
      'sub: repo:eve@1/shop@2:environment:production\naud: sts.amazonaws.com\niss: https://token',
    );
    expect(ran.output).toContain('sub: repo:ada@11/shop@22:environment:production');
    expect(ran.output).toContain("::error title=AWS refused the role::GitHub's token has another sub.");
    expect(ran.output).not.toMatch(/signature-of-it|the-right-to-ask|head\.|jti|actor/);
    expect(ran.steps).not.toContain('Say which images run');
  });

  test('with the expected token: asks for the account and the role', async () => {
    const { output } = await asked(claims);
    expect(output).toContain('Is AWS_ACCOUNT_ID the right account, and infra/prod applied there?');
  });
});
