import type { App } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { composeShared } from '../../src/compose.ts';
import { synth } from '../../src/index.ts';
import { appWith, environmentStack, resourcesOf } from './apps.ts';
import { delivered } from './github-apps.ts';
import { mayDo, policyIn, type Rights } from './github-evaluate.ts';
import { accountId } from './policy.ts';

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:${accountId}:${resource}`;
const toTasks = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };

function appOf(count: number): App {
  const names = Array.from({ length: count }, (_, index) => `a-service-${index}`);
  const services = Object.fromEntries(names.map((name) => [name, { source: 'a.ts', compute: 'fargate' as const }]));
  return delivered(appWith('fargate', { resources: {}, services }), {
    environments: { dev: { ephemeral: true }, prod: { domain: 'app.example.com' } },
  });
}

function deployRights(app: App): Rights {
  const boundary = policyIn(composeShared(app), 'dev_boundary', 'aws_iam_policy');
  return { policy: policyIn(environmentStack(app), 'github_actions_deploy'), boundary };
}

function commentOf(app: App): string | undefined {
  return resourcesOf(environmentStack(app), 'aws_iam_role').find(({ name }) => name === 'github_actions_deploy')?.meta
    .comment;
}

describe('an app of many services', () => {
  test.each([1, 14, 30])('%i have a deploy role whose policy AWS takes', (count) => {
    const app = appOf(count);
    expect(synth(app).problems).toEqual([]);
    for (const environment of ['dev', 'prod']) {
      const text = JSON.stringify(policyIn(environmentStack(app, environment), 'github_actions_deploy'));
      expect(text.length).toBeLessThan(10_240);
    }
  });

  test('security: few services are named, each', () => {
    const rights = deployRights(appOf(5));
    const may = (action: string, resource: string) => mayDo(rights, { action, resource });
    expect(may('ecs:UpdateService', arn('ecs', 'service/sso-dev/a-service-4'))).toBe(true);
    expect(may('ecs:UpdateService', arn('ecs', 'service/sso-dev/a-service-5'))).toBe(false);
    expect(commentOf(appOf(5))).not.toContain('too many');
  });

  test('security: many are those of the app and environment, and nothing beside; their roles are still named', () => {
    const rights = deployRights(appOf(30));
    const may = (action: string, resource: string, context = {}) => mayDo(rights, { action, resource, context });
    const role = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
    for (const [action, resource] of [
      ['ecr:PutImage', arn('ecr', 'repository/sso/a-service-29')],
      ['ecr:UploadLayerPart', arn('ecr', 'repository/sso/a-service-29')],
      ['ssm:PutParameter', arn('ssm', 'parameter/sso/dev/a-service-29/image')],
      ['ecs:RegisterTaskDefinition', arn('ecs', 'task-definition/sso-dev-a-service-29:7')],
      ['ecs:UpdateService', arn('ecs', 'service/sso-dev/a-service-29')],
      ['ecs:DescribeServiceDeployments', arn('ecs', 'service-deployment/sso-dev/a-service-29/1')],
    ] as const) {
      expect(may(action, resource), action).toBe(true);
    }
    expect(may('iam:PassRole', role('sso-dev-a-service-29-task'), toTasks)).toBe(true);
    for (const [action, resource] of [
      ['ecr:PutImage', arn('ecr', 'repository/sso-other/a')],
      ['ecr:UploadLayerPart', arn('ecr', 'repository/sso-other/a')],
      ['ssm:PutParameter', arn('ssm', 'parameter/sso/prod/a-service-29/image')],
      ['ssm:PutParameter', arn('ssm', 'parameter/sso/dev/a-service-29/secret')],
      ['ecs:RegisterTaskDefinition', arn('ecs', 'task-definition/sso-prod-a-service-29:7')],
      ['ecs:UpdateService', arn('ecs', 'service/sso-prod/a-service-29')],
      ['ecs:UpdateService', arn('ecs', 'service/sso-dev-x/a')],
      ['ecs:DeleteService', arn('ecs', 'service/sso-dev/a-service-29')],
    ] as const) {
      expect(may(action, resource), resource).toBe(false);
    }
    expect(may('iam:PassRole', role('sso-dev-other-task'), toTasks)).toBe(false);
    expect(may('iam:PassRole', role('sso-prod-a-service-29-task'), toTasks)).toBe(false);
    expect(commentOf(appOf(30))).toContain('too many services to name each');
  });

  test('security: the Terraform role trusts and passes roles of services alone, by how their names end', () => {
    const policy = policyIn(composeShared(appOf(30)), 'dev_terraform_boundary', 'aws_iam_policy');
    const may = (action: string, role: string, context = {}) =>
      mayDo({ policy }, { action, resource: `arn:aws:iam::${accountId}:role/${role}`, context });
    for (const role of ['sso-dev-a-service-29-task', 'sso-dev-a-service-29-execution']) {
      expect(may('iam:UpdateAssumeRolePolicy', role), role).toBe(true);
      expect(may('iam:PassRole', role, toTasks), role).toBe(true);
    }
    for (const role of ['sso-dev-admin', 'sso-prod-a-service-29-task', 'sso-developer-task-admin']) {
      expect(may('iam:UpdateAssumeRolePolicy', role), role).toBe(false);
      expect(may('iam:PassRole', role, toTasks), role).toBe(false);
    }
  });

  test('more than fit are a problem that names the way out', () => {
    const problems = synth(appOf(90)).problems.filter(({ path }) => path.endsWith('.github_actions_deploy'));
    expect(problems).not.toEqual([]);
    for (const { message, hint } of problems) {
      expect(message).toMatch(/AWS takes 10240/);
      expect(hint).toContain('make two apps of many services');
    }
  });
});
