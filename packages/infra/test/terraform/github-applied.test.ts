import type { App } from '@keelson/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Recorder, startRecorder } from '../../../keelson/test/delivery/recorder.ts';
import { composeShared } from '../../src/compose.ts';
import { synth } from '../../src/index.ts';
import { imageParameter } from '../../src/parts/compute/image.ts';
import { environmentStack } from '../synth/apps.ts';
import { delivered } from '../synth/github-apps.ts';
import { mayDo, type Rights, rightsOf } from '../synth/github-evaluate.ts';
import { accountId, type Asked } from '../synth/policy.ts';
import { template } from '../template.ts';
import { saySkipped } from '../tools.ts';
import { whyNoApplies } from './applied-environment.ts';
import { emulatedAccount, type EmulatedAccount } from './emulated-account.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { askedBy } from './github-asked.ts';
import { type Workspace, workspace } from './offline.ts';

/**
 * Asked for because the emulator forgets what it was told, tags of scaling targets and the log group of a function, or tells what
 * was not said: the scaling of a database.
 */
const defects = new Set([
  'application-autoscaling:TagResource',
  'lambda:UpdateFunctionConfiguration',
  'rds:ModifyDBCluster',
]);
const flags = ['-input=false', '-no-color'];
const inputs: Record<string, string> = { google_client_id: 'a', auth0_domain: 'a.eu.auth0.com', auth0_client_id: 'a' };

const apps: readonly App[] = [await template('microservices'), delivered(await template('quick'))];
/** With them it is most of what the emulator can make, and takes twice as long: `npm run test:infra:all`. */
const more: readonly App[] = [delivered(await template('shows')), delivered(fargateOnly(await template('sso')))];
const isAsked = (environment: string) => (process.env['KEELSON_TEST_APPLY'] ?? '').split(',').includes(environment);
const asked = [...(isAsked('dev') ? apps : []), ...(isAsked('prod') ? more : [])];
const what = 'what the roles of GitHub Actions are asked for in an emulated account';
const isSkipped = saySkipped(what, whyNoApplies(asked.length > 0));

// What is skipped is counted as well.
const shown = asked.length > 0 ? asked : apps;

describe.skipIf(isSkipped).each(shown)('$name, dev, in an emulated account', (app) => {
  let emulator: Emulator;
  let recorder: Recorder;
  let direct: EmulatedAccount;
  let account: EmulatedAccount;
  let shared: Workspace;
  let dev: Workspace;
  /** Up to here, requests were looked at. */
  let seen = 0;

  const boundary = `arn:aws:iam::${accountId}:policy/${app.name}-dev-github-actions-boundary`;
  const roles: Readonly<Record<'deploy' | 'plan' | 'terraform', Rights>> = {
    plan: rightsOf(composeShared(app), 'github_actions_plan'),
    terraform: rightsOf(composeShared(app), 'dev_github_actions_terraform'),
    deploy: rightsOf(environmentStack(app), 'github_actions_deploy', composeShared(app)),
  };

  /** What was asked for since the last time. */
  const askedSince = (): Asked[] => {
    const requests = recorder.requests.slice(seen);
    seen = recorder.requests.length;
    return requests.flatMap((request) =>
      askedBy(request, { region: app.region, boundary, app: app.name, environment: 'dev' }),
    );
  };
  const refused = (rights: Rights, requests: readonly Asked[]) =>
    [...new Set(requests.filter((each) => !mayDo(rights, each)).map((each) => JSON.stringify(each)))].sort();

  beforeAll(async () => {
    emulator = await startEmulator(1);
    recorder = await startRecorder(emulator.url);
    direct = emulatedAccount(emulator, app.region);
    const bucket = app.state?.bucket ?? '';
    const place =
      app.region === 'us-east-1' ? [] : ['--create-bucket-configuration', `LocationConstraint=${app.region}`];
    await direct.aws('s3api', 'create-bucket', '--bucket', bucket, ...place);
    account = emulatedAccount({ ...emulator, env: { ...emulator.env, AWS_ENDPOINT_URL: recorder.url } }, app.region);
    const variables = {
      ...emulator.env,
      AWS_ENDPOINT_URL: recorder.url,
      AWS_REGION: app.region,
      // The emulator's buckets are paths, not host names.
      TF_CLI_ARGS_init: '-backend-config=use_path_style=true',
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`TF_VAR_${name}`, value])),
    };
    const { files } = synth(app);
    shared = workspace(files, 'shared', variables, 'as configured');
    dev = workspace(files, 'dev', variables, 'as configured');
    await shared.terraform('init', ...flags);
    await shared.terraform('apply', '-auto-approve', ...flags);
    for (const service of Object.keys(app.services)) await say(direct, service, '1');
    seen = recorder.requests.length;
  }, 300_000);
  afterAll(async () => {
    shared?.remove();
    dev?.remove();
    await account?.stop();
    await direct?.stop();
    await recorder?.stop();
    await emulator?.stop();
  });

  const say = (by: EmulatedAccount, service: string, tag: string) => {
    const image = `${accountId}.dkr.ecr.${app.region}.amazonaws.com/${app.name}/${service}:${tag}`;
    const name = imageParameter(app.name, 'dev', service);
    return by.aws('ssm', 'put-parameter', '--name', name, '--value', image, '--overwrite', '--type', 'String');
  };

  test('the Terraform role may do everything that making the environment takes', async () => {
    await dev.terraform('init', ...flags);
    await dev.terraform('apply', '-auto-approve', ...flags);
    const requests = askedSince();
    expect(requests.map(({ action }) => action)).toEqual(expect.arrayContaining(['iam:CreateRole', 's3:PutObject']));
    expect(refused(roles.terraform, requests)).toEqual([]);
  }, 900_000);

  test('the plan role may do everything that a plan with a refresh takes, without a lock', async () => {
    await dev.terraform('plan', '-lock=false', ...flags);
    const requests = askedSince();
    expect(requests.length).toBeGreaterThan(10);
    expect(refused(roles.plan, requests)).toEqual([]);
  }, 300_000);

  test('the deploy role may do everything that another image takes', async () => {
    for (const service of Object.keys(app.services)) await say(account, service, '2');
    const { outcome, changed } = await deployed(dev);
    expect(outcome).toMatch(/Apply complete!/);
    expect(changed.length).toBeGreaterThan(0);
    for (const [name, { compute }] of Object.entries(app.services)) {
      const place = compute === 'lambda' ? [] : ['--cluster', `${app.name}-dev`, '--services', name];
      await (compute === 'lambda'
        ? account.aws('lambda', 'get-function', '--function-name', `${app.name}-dev-${name}`)
        : account.aws('ecs', 'describe-services', ...place));
    }
    const requests = askedSince().filter(({ action }) => !defects.has(action));
    const actions = requests.map(({ action }) => action);
    const expected = Object.values(app.services).map(({ compute }) =>
      compute === 'lambda' ? 'lambda:UpdateFunctionCode' : 'ecs:UpdateService',
    );
    expect(actions).toEqual(expect.arrayContaining([...expected, 'ssm:PutParameter', 's3:PutObject']));
    expect(refused(roles.deploy, requests)).toEqual([]);
  }, 300_000);

  test('the deploy role may refresh what there is', async () => {
    await dev.terraform('plan', ...flags);
    expect(refused(roles.deploy, askedSince())).toEqual([]);
  }, 300_000);

  test('the Terraform role may do everything that removing the environment takes', async () => {
    await dev.terraform('destroy', '-auto-approve', ...flags);
    const requests = askedSince();
    expect(requests.map(({ action }) => action)).toContain('iam:DeleteRole');
    expect(refused(roles.terraform, requests)).toEqual([]);
  }, 900_000);
});

/** As the workflow does it: a plan that looks at nothing Terraform manages, and exactly that applied. */
async function deployed(made: Workspace): Promise<{ outcome: string; changed: string[] }> {
  await made.terraform('plan', '-refresh=false', '-out=deploy.tfplan', ...flags);
  const plan = JSON.parse(await made.terraform('show', '-json', 'deploy.tfplan')) as {
    resource_changes: { type: string; change: { actions: string[] } }[];
  };
  const running = ['aws_ecs_service', 'aws_ecs_task_definition', 'aws_lambda_function'];
  const changed = plan.resource_changes
    .filter(({ type, change }) => running.includes(type) && change.actions.join() !== 'no-op')
    .map(({ type }) => type);
  return { outcome: await made.terraform('apply', ...flags, 'deploy.tfplan'), changed };
}

/** GitHub does not deliver to Express Mode. */
function fargateOnly(app: App): App {
  const services = Object.entries(app.services).map(([name, service]) => [name, { ...service, compute: 'fargate' }]);
  const { dev = {} } = app.environments ?? {};
  return { ...app, services: Object.fromEntries(services) as App['services'], environments: { dev } };
}
