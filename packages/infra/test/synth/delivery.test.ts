import type { App } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { appWith, dev, environmentStack, resourcesOf } from './apps.ts';

const delivery = { provider: 'codebuild', repository: 'https://github.com/acme/sso' } as const;
const delivered = (changes: Partial<App> = {}): App =>
  appWith('fargate', { delivery, state: { bucket: 'sso-state' }, ...changes });
const textOf = (app: App, environment = 'dev') => synth(app).files.get(`${environment}/delivery.tf`) ?? '';

describe('delivery.tf', () => {
  test('is a project per environment that runs buildspec.yml of the repository, one build at a time', () => {
    expect(synth(delivered()).problems).toEqual([]);
    for (const environment of ['dev', 'prod']) {
      const [project] = resourcesOf(environmentStack(delivered(), environment), 'aws_codebuild_project');
      expect(project?.args).toMatchObject({
        name: `sso-${environment}-deliver`,
        source_version: 'main',
        concurrent_build_limit: 1,
        artifacts: { type: 'NO_ARTIFACTS' },
        source: { type: 'GITHUB', location: delivery.repository, buildspec: 'buildspec.yml', git_clone_depth: 1 },
      });
      expect(textOf(delivered(), environment)).toContain('output "codebuild_project_name"');
    }
  });

  test('passes on what a person filled into terraform.tfvars, which is in no repository', () => {
    expect(textOf(delivered())).toMatch(/name += "TF_VAR_auth0_domain"\n +value = var\.auth0_domain/);
  });

  test('builds on a machine of the instruction set that runs the image', () => {
    const arm = textOf(delivered({ environments: { dev: { ...dev, architecture: 'arm64' } } }));
    expect(arm).toMatch(/"ARM_CONTAINER"[\s\S]*aarch64[\s\S]*"linux\/arm64"/);
    expect(textOf(delivered())).toMatch(/"LINUX_CONTAINER"[\s\S]*x86_64[\s\S]*"linux\/amd64"/);
  });

  test('a push starts it only where asked for, only outside of protected environments, only of its branch', () => {
    expect(textOf(delivered())).not.toContain('aws_codebuild_webhook');
    const pushed = delivered({ delivery: { ...delivery, trigger: 'webhook', branch: 'release/1.x' } });
    expect(textOf(pushed, 'prod')).not.toContain('aws_codebuild_webhook');
    expect(textOf(pushed)).toMatch(/type += "EVENT"\n +pattern = "PUSH"/);
    expect(textOf(pushed)).toContain(String.raw`pattern = "^refs/heads/release/1\\.x$"`);
    expect(textOf(pushed)).not.toMatch(/PULL_REQUEST|ACTOR/);
  });

  test('is not there without a delivery', () => {
    expect(synth(appWith('fargate')).files.has('dev/delivery.tf')).toBe(false);
  });
});

describe('what cannot be delivered is a problem, with a way out', () => {
  const { state: _state, ...stateless } = delivered();
  test.each<[string, App, string, RegExp]>([
    ['a state on a laptop', stateless, 'state', /Add `state: \{ bucket: 'sso-terraform-state' \}`/],
    ['no repository', delivered({ delivery: { provider: 'codebuild' } }), 'delivery.repository', /github\.com/],
    [
      'a repository elsewhere',
      delivered({ delivery: { ...delivery, repository: 'https://gitlab.com/acme/sso' } }),
      'delivery.repository',
      /github\.com/,
    ],
    ['no branch', delivered({ delivery: { ...delivery, branch: 'a\nb' } }), 'delivery.branch', /one branch/],
    ['Express', appWith('express', { delivery, state: { bucket: 'sso-state' } }), 'services.api.compute', /'fargate'/],
    [
      'two architectures',
      delivered({ environments: { dev, test: { ...dev, architecture: 'arm64' } } }),
      'environments',
      /same `architecture`/,
    ],
  ])('%s', (_title, app, path, hint) => {
    const { files, problems } = synth(app);
    expect(files.size).toBe(0);
    expect(problems.filter((problem) => problem.path === path && hint.test(problem.hint))).toHaveLength(1);
  });
});
