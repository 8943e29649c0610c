import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { template } from '../template.ts';
import { type AppliedEnvironment, appliedEnvironment, appliesOf } from './applied-environment.ts';

const app = await template('quick');
const { environments, isSkipped } = appliesOf(app);

describe.skipIf(isSkipped).each(environments)('quick, %s, in an emulated account', (name) => {
  const { memory = app.services['api']?.memory, architecture } = app.environments?.[name] ?? {};
  let here: AppliedEnvironment;

  beforeAll(async () => {
    here = await appliedEnvironment(app, name, { variables: 'google_client_id = "client"\n' });
  }, 300_000);
  afterAll(() => here?.stop());

  test('is made in the order registry, image, function, without a target', async () => {
    expect(await here.applyInOrder()).toMatch(new RegExp(`No image yet: push one[^]+/quick/${name}/api/image`));
  }, 900_000);

  test('has nothing to change afterwards, but for the emulator’s defects', async () => {
    expect(await here.changes()).toEqual([]);
  }, 300_000);

  test('its function runs the image, as large as the environment says, and writes to its own log group', async () => {
    const args = ['lambda', 'get-function', '--function-name', await here.output('lambda_function_name')];
    expect(await here.account.aws(...args)).toMatchObject({
      Configuration: {
        FunctionName: `quick-${name}-api`,
        MemorySize: memory,
        Architectures: [architecture],
        Timeout: 30,
        Environment: {
          Variables: {
            PUBLIC_URL: await here.output('api_endpoint'),
            SESSION_TABLE: `quick-${name}-login-sessions`,
            OIDC_CLIENT_ID: 'client',
          },
        },
      },
      Code: { ImageUri: `123456789012.dkr.ecr.${app.region}.amazonaws.com/quick/api:1` },
    });
    const groups = await here.account.aws('logs', 'describe-log-groups', '--query', 'logGroups[].logGroupName');
    expect(groups).toContain(`/aws/lambda/quick-${name}-api`);
  });

  test('every request goes to it, and the API alone may call it', async () => {
    const { aws } = here.account;
    const [api = ''] = (await aws('apigatewayv2', 'get-apis', '--query', 'Items[].ApiId')) as string[];
    const routes = await aws('apigatewayv2', 'get-routes', '--api-id', api, '--query', 'Items[].RouteKey');
    expect(routes).toEqual(['$default']);
    const integrations = await aws('apigatewayv2', 'get-integrations', '--api-id', api, '--query', 'Items');
    expect(integrations).toMatchObject([
      {
        IntegrationType: 'AWS_PROXY',
        PayloadFormatVersion: '2.0',
        IntegrationUri: expect.stringContaining(`quick-${name}-api`),
      },
    ]);
    const { Policy } = (await aws('lambda', 'get-policy', '--function-name', `quick-${name}-api`)) as {
      Policy: string;
    };
    const { Statement } = JSON.parse(Policy) as { Statement: object[] };
    expect(Statement).toMatchObject([
      { Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'lambda:InvokeFunction' },
    ]);
    expect(JSON.stringify(Statement)).toContain(`:${api}/*`);
  });

  test('what is changed is the image: a deploy plans the function alone', async () => {
    const image = `123456789012.dkr.ecr.${app.region}.amazonaws.com/quick/api:2`;
    const put = ['ssm', 'put-parameter', '--name', `/quick/${name}/api/image`, '--value', image, '--overwrite'];
    await here.account.aws(...put);
    // The time of the last change is AWS's to say.
    const [uri, time] = ['image_uri', 'last_modified'].map((name) => `update aws_lambda_function.api.${name}`);
    expect((await here.changes()).toSorted()).toEqual([uri, time]);
    await here.apply();
    expect(await here.changes()).toEqual([]);
  }, 900_000);

  test('keeps no secret in the state, and has no network', async () => {
    const state = await here.state();
    const names = (await here.account.aws(
      'secretsmanager',
      'list-secrets',
      '--query',
      'SecretList[].Name',
    )) as string[];
    expect(names.toSorted()).toEqual([`quick/${name}/OIDC_CLIENT_SECRET`, `quick/${name}/SESSION_KEYS`]);
    for (const id of names) {
      const args = ['get-secret-value', '--secret-id', id, '--query', 'SecretString'];
      expect(state).not.toContain(await here.account.aws('secretsmanager', ...args));
    }
    expect(await here.account.aws('ec2', 'describe-vpcs', '--query', 'Vpcs[?!IsDefault]')).toEqual([]);
    expect(await here.account.aws('ecs', 'list-clusters', '--query', 'clusterArns')).toEqual([]);
  });

  test('destroys without leaving anything, once it is ephemeral', async () => {
    expect(await here.destroy()).toEqual([]);
  }, 900_000);
});
