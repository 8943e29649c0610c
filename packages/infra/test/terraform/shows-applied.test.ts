import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { template } from '../template.ts';
import { type AppliedEnvironment, appliedEnvironment, appliesOf } from './applied-environment.ts';
import { type ServiceProcess, startService } from './service-process.ts';
import { startTokenIssuer, type TokenIssuer } from './token-issuer.ts';

const entry = fileURLToPath(new URL('../../../../templates/shows/src/main.ts', import.meta.url));
const app = await template('shows');
const { environments, isSkipped } = appliesOf(app);

describe.skipIf(isSkipped).each(environments)('shows, %s, in an emulated account', (environment) => {
  let here: AppliedEnvironment;

  beforeAll(async () => {
    here = await appliedEnvironment(app, environment);
  }, 300_000);
  afterAll(() => here?.stop());

  test('applies in order, without a variable or a target, and not without an image', async () => {
    expect(await here.applyInOrder()).toMatch(/No image yet: push one/);
  }, 900_000);

  test('has nothing to change afterwards, but for the emulator’s defects', async () => {
    expect(await here.changes()).toEqual([]);
  }, 300_000);

  test('names are the starter kit’s, so that its debug commands work', async () => {
    const groups = await here.account.aws('logs', 'describe-log-groups', '--query', 'logGroups[].logGroupName');
    expect(groups).toContain(`/ecs/show-service-${environment}`);
    const targets = 'TargetGroups[].TargetGroupName';
    expect(await here.account.aws('elbv2', 'describe-target-groups', '--query', targets)).toEqual([
      `show-service-${environment}-tg`,
    ]);
    expect(await here.output('dynamodb_table')).toBe(`shows-${environment}`);
  });

  test('the HTTP API has the routes of the config file, each with its scope, and the token route', async () => {
    const [api = ''] = (await here.account.aws('apigatewayv2', 'get-apis', '--query', 'Items[].ApiId')) as string[];
    const query = 'Items[].[RouteKey, AuthorizationType, AuthorizationScopes[0]]';
    const routes = (await here.account.aws('apigatewayv2', 'get-routes', '--api-id', api, '--query', query)) as [
      string,
      string,
      string | null,
    ][];
    const scope = (name: string) => `https://show-service-${environment}.api/${name}`;
    expect(Object.fromEntries(routes.map(([key, ...rest]) => [key, rest]))).toEqual({
      'POST /oauth/token': ['NONE', null],
      'GET /v1/shows': ['JWT', scope('shows.read')],
      'POST /v1/shows': ['JWT', scope('shows.write')],
      'GET /shows': ['JWT', scope('shows.read')],
      'POST /shows': ['JWT', scope('shows.write')],
      'GET /v1/health': ['NONE', null],
      'GET /health': ['NONE', null],
    });
  });

  test('the only secret in the state is the client’s, which Cognito made', async () => {
    const state = await here.state();
    const { resources } = JSON.parse(state) as { resources: { type: string; instances: { attributes: object }[] }[] };
    const holders = resources.filter(({ instances }) =>
      instances.some(({ attributes }) => Object.entries(attributes).some(([name, value]) => isSecret(name, value))),
    );
    expect(holders.map(({ type }) => type)).toEqual(['aws_cognito_user_pool_client']);
    expect(await here.output('cognito_client_secret')).not.toBe('');
  });

  describe('the service, with the variables of its task definition', () => {
    let issuer: TokenIssuer;
    let service: ServiceProcess;
    let given: Record<string, string>;

    beforeAll(async () => {
      issuer = await startTokenIssuer();
      given = await variablesOf(here, `show-service-${environment}-api`);
      service = await startService(entry, {
        ...given,
        // What AWS has and this machine has not: the container's port and network, DynamoDB itself, Cognito's signing keys.
        PORT: '0',
        HOST: '127.0.0.1',
        AWS_ENDPOINT_URL_DYNAMODB: here.emulator.url,
        AWS_ACCESS_KEY_ID: 'emulated',
        AWS_SECRET_ACCESS_KEY: 'emulated',
        TOKEN_ISSUER: issuer.url,
      });
    });
    afterAll(async () => {
      await service?.stop();
      await issuer?.stop();
    });

    const call = (method: string, path: string, scope?: string, payload?: unknown) =>
      fetch(`${service.url}${path}`, {
        method,
        headers: {
          ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
          ...(scope === undefined ? {} : { authorization: `Bearer ${tokenWith(scope)}` }),
        },
        ...(payload === undefined ? {} : { body: JSON.stringify({ payload }) }),
      });
    const tokenWith = (scope: string) => issuer.token({ client_id: given['TOKEN_CLIENT_IDS'], scope });
    const scope = (name: string) => `https://show-service-${environment}.api/${name}`;
    const shows = ['one', 'two', 'three'].map((handle) => ({
      slug: `show/${handle}`,
      title: handle,
      drm: true,
      episodeCount: 3,
    }));

    test('is healthy', async () => {
      expect((await call('GET', '/health')).status).toBe(200);
    });

    test('writes to the applied table in one transaction and reads from its index', async () => {
      expect((await call('POST', '/v1/shows', scope('shows.write'), shows)).status).toBe(201);
      const answer = await call('GET', '/v1/shows', scope('shows.read'));
      expect(answer.status).toBe(200);
      const { response } = (await answer.json()) as { response: { slug: string }[] };
      expect(response.map(({ slug }) => slug).toSorted()).toEqual(['show/one', 'show/three', 'show/two']);
      const count = ['scan', '--table-name', `shows-${environment}`, '--select', 'COUNT', '--query', 'Count'];
      expect(await here.account.aws('dynamodb', ...count)).toBe(3);
    });

    test('writes none of them when one exists already', async () => {
      const more = [{ slug: 'show/four', title: 'four' }, ...shows.slice(0, 1)];
      expect((await call('POST', '/v1/shows', scope('shows.write'), more)).status).toBe(409);
      const key = JSON.stringify({ slug: { S: 'show/four' } });
      const item = ['get-item', '--table-name', `shows-${environment}`, '--key', key];
      expect(await here.account.aws('dynamodb', ...item)).toBeUndefined();
    });

    test('security 31, 32: no token is 401, a scope of another resource server 403', async () => {
      expect((await call('GET', '/v1/shows')).status).toBe(401);
      expect((await call('GET', '/v1/shows', 'other/shows.read')).status).toBe(403);
    });
  });

  test('destroys without leaving anything, once it is ephemeral', async () => {
    expect(await here.destroy()).toEqual([]);
  }, 900_000);
});

/** What the applied task definition gives the container. */
async function variablesOf({ account }: AppliedEnvironment, family: string): Promise<Record<string, string>> {
  const query = 'taskDefinition.containerDefinitions[0].environment[].[name, value]';
  const args = ['describe-task-definition', '--task-definition', family, '--query', query];
  return Object.fromEntries((await account.aws('ecs', ...args)) as [string, string][]) as Record<string, string>;
}

function isSecret(name: string, value: unknown): boolean {
  return /secret|password|private_key/.test(name) && typeof value === 'string' && value !== '';
}
