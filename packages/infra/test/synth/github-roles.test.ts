import { describe, expect, test } from 'vitest';
import { composeShared } from '../../src/compose.ts';
import { synth } from '../../src/index.ts';
import { identifier } from '../../src/site/site.ts';
import type { Value } from '../../src/hcl/index.ts';
import { appWith, decoded, dev, environmentStack, prod, resourcesOf } from './apps.ts';
import { delivered, everyDelivered, fromGitHub, onFargate, onLambda } from './github-apps.ts';
import { filled, matches, mayDo, policyIn, type Policy, rightsOf } from './github-evaluate.ts';
import { accountId } from './policy.ts';

const apps = Object.entries(everyDelivered);
const environments = apps.flatMap(([label, app]) =>
  Object.keys(app.environments ?? {}).map((environment) => ({ label, app, environment })),
);

describe('every directory of every app', () => {
  test.each(apps)('%s: is made without a problem', (_label, app) => {
    expect(synth(app).problems).toEqual([]);
  });

  test.each(environments)('$label, $environment: all roles carry the boundary', ({ app, environment }) => {
    const stack = environmentStack(app, environment);
    const boundaries = resourcesOf(stack, 'aws_iam_role').map(({ args }) =>
      filled(stack, args['permissions_boundary'] as Value),
    );
    const arn = `arn:aws:iam::${accountId}:policy/${app.name}-${environment}-github-actions-boundary`;
    expect(new Set(boundaries)).toEqual(new Set([arn]));
    const shared = composeShared(app);
    const terraform = resourcesOf(shared, 'aws_iam_role').find(
      ({ name }) => name === `${identifier(environment)}_github_actions_terraform`,
    );
    expect(filled(shared, terraform?.args['permissions_boundary'] as Value)).toBe(
      `arn:aws:iam::${accountId}:policy/${app.name}-${environment}-github-actions-terraform-boundary`,
    );
  });

  test.each(environments)('$label, $environment: no role may do less than it is given', ({ app, environment }) => {
    const stack = environmentStack(app, environment);
    const boundary = policyIn(composeShared(app), `${environment}_boundary`, 'aws_iam_policy');
    const given = resourcesOf(stack, 'aws_iam_role_policy').flatMap(({ name }) => everythingIn(policyIn(stack, name)));
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((asked) => !mayDo({ policy: boundary }, asked)).map(inWords)).toEqual([]);
  });

  test.each(environments)(
    '$label, $environment: the Terraform role stays inside its boundary',
    ({ app, environment }) => {
      const shared = composeShared(app);
      const { policy, boundary = [] } = rightsOf(shared, `${environment}_github_actions_terraform`);
      // How far it goes with roles, the boundary alone says.
      const given = everythingIn(policy.filter(({ Sid }) => Sid !== 'ManageRoles'));
      expect(given.filter((asked) => !mayDo({ policy: boundary }, asked)).map(inWords)).toEqual([]);
    },
  );
});

interface Given {
  readonly action: string;
  readonly resource: string;
  readonly context: Record<string, string>;
}

/** One request for each action and resource of the policy that it allows. */
function everythingIn(policy: Policy): Given[] {
  return policy
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource, Condition = {} }) => {
      const context = Object.fromEntries(
        Object.values(Condition).flatMap((keys) =>
          Object.entries(keys).map(([key, values]) => [key, [values].flat()[0]?.replaceAll('*', 'x') ?? '']),
        ),
      );
      return [Action].flat().flatMap((action) =>
        [Resource]
          .flat()
          .filter((resource) => resource === '*' || fits(action, resource))
          .map((resource) => ({
            action: action.replaceAll('*', 'Xyz'),
            resource: resource === '*' ? '*' : resource.replaceAll('*', 'x').replaceAll('?', 'x'),
            context,
          })),
      );
    });
}

/** An action is asked of a resource of its own service. */
function fits(action: string, resource: string): boolean {
  return resource.split(':')[2] === action.split(':')[0];
}

function inWords({ action, resource }: Given): string {
  return `${action} on ${resource}`;
}

describe('infra/shared', () => {
  test('makes a provider without thumbprints, and says the ARNs of its roles', () => {
    const { files } = synth(onFargate);
    const shared = files.get('shared/github-actions.tf') ?? '';
    const forEnvironments = ['dev', 'prod'].map((name) => files.get(`shared/github-actions-${name}.tf`)).join('\n');
    expect(shared).toContain('url            = "https://token.actions.githubusercontent.com"');
    expect(shared).not.toContain('thumbprint');
    expect([...shared.matchAll(/^output "(\w+)"/gm)].map(([, name]) => name)).toEqual([
      'github_actions_build_role_arn',
      'github_actions_plan_role_arn',
      'github_actions_terraform_role_arns',
    ]);
    expect([...`${shared}\n${forEnvironments}`.matchAll(/^ {2}name += "(.+)"$/gm)].map(([, name]) => name)).toEqual(
      expect.arrayContaining([
        'sso-github-actions-build-role',
        'sso-github-actions-plan-role',
        'sso-dev-github-actions-terraform-role',
        'sso-prod-github-actions-terraform-role',
      ]),
    );
  });

  test('uses the provider that another app made', () => {
    const github = { ...fromGitHub.github, identityProvider: 'existing' } as const;
    const shared = composeShared(delivered(appWith('fargate'), { delivery: { ...fromGitHub, github } }));
    expect(resourcesOf(shared, 'aws_iam_openid_connect_provider')).toEqual([]);
    const [role] = resourcesOf(shared, 'aws_iam_role');
    const trust = filled(shared, decoded(role?.args['assume_role_policy']) as Value);
    expect(JSON.stringify(trust)).toContain(
      `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`,
    );
  });

  test('keeps the images that an environment was given, however many are pushed', () => {
    expect(synth(onFargate).files.get('shared/registry.tf')).toMatch(/tagPrefixList += \["prod-"\]/);
  });
});

describe('infra/<environment>', () => {
  test('says its deploy role, and its cluster where there is one', () => {
    const outputs = (app: typeof onFargate) =>
      [...(synth(app).files.get('dev/github-actions.tf') ?? '').matchAll(/^output "(\w+)"/gm)].map(([, name]) => name);
    expect(outputs(onFargate)).toEqual(['github_actions_deploy_role_arn', 'ecs_cluster_name']);
    expect(outputs(onLambda)).toEqual(['github_actions_deploy_role_arn']);
  });

  test('asks for a provider that refreshes secrets without reading them', () => {
    expect(synth(onFargate).files.get('dev/versions.tf')).toContain('>= 6.26, < 7.0');
    expect(synth(appWith('fargate')).files.get('dev/versions.tf')).toContain('>= 5.100, < 7.0');
  });

  test('without this delivery there is none of it', () => {
    const { files } = synth(appWith('fargate'));
    expect([...files.keys()].filter((path) => path.includes('github'))).toEqual([]);
    expect([...files.values()].join('')).not.toContain('permissions_boundary');
  });
});

describe('what GitHub cannot deliver is a problem, with a way out', () => {
  const { state: _state, ...stateless } = onFargate;
  test.each([
    ['a state on a laptop', stateless, 'state', /Add `state/],
    ['Express', delivered(appWith('express')), 'services.api.compute', /'fargate'/],
    [
      'environments whose names begin alike',
      delivered(appWith('fargate'), { environments: { prod: { ...prod, domain: 'a.example.com' }, 'prod-eu': dev } }),
      'environments.prod-eu',
      /does not begin with `prod-`/,
    ],
    [
      'a state bucket that looks like an environment’s',
      delivered(appWith('fargate'), { state: { bucket: 'sso-dev-terraform-state' } }),
      'state.bucket',
      /does not begin with `sso-dev-`/,
    ],
  ])('%s', (_title, app, path, hint) => {
    const { files, problems } = synth(app);
    expect(files.size).toBe(0);
    expect(problems.filter((problem) => problem.path === path && hint.test(problem.hint))).toHaveLength(1);
  });

  test('names that make a policy longer than AWS takes', () => {
    const many = Array.from({ length: 150 }, (_, index) => [
      `s${index}`,
      { source: 'src/main.ts', compute: 'fargate', paths: [`/${index}/*`] },
    ]);
    const services = { front: { source: 'front.ts', compute: 'fargate' }, ...Object.fromEntries(many) };
    const app = { ...everyDelivered['two paths'], services } as typeof onFargate;
    const { problems } = synth(app);
    expect(problems.map(({ message }) => message)).toContainEqual(expect.stringMatching(/AWS takes 10240/));
  });
});

test('the patterns of the evaluator are those of IAM', () => {
  expect(matches('arn:aws:s3:::a-*', 'arn:aws:s3:::a-b/c')).toBe(true);
  expect(matches('a?c', 'abc')).toBe(true);
  expect(matches('a.c', 'abc')).toBe(false);
});
