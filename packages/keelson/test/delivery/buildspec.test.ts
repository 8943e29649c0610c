import { spawnSync } from 'node:child_process';
import type { App } from '@keelson/contract';
import { synth } from '@keelson/infra';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { deliveryFiles } from '../../src/delivery/index.ts';
import { appWith, withDatabase, withTwoServices } from './apps.ts';
import type { Buildspec } from './code-build.ts';
import { shellVariables } from './shell-variables.ts';

const config: string = '../../../../templates/shows/keelson.config.ts';
const { default: shows } = (await import(config)) as { default: App };
const apps = { shows, 'one service': appWith(), 'a database': withDatabase, 'two services': withTwoServices };

/** Source: AWS CodeBuild, “Environment variables in build environments”. */
const byCodeBuild = ['CODEBUILD_BUILD_SUCCEEDING', 'CODEBUILD_RESOLVED_SOURCE_VERSION'];

describe.each(Object.entries(apps))('buildspec.yml for %s', (_title, app) => {
  const text = deliveryFiles(app).get('buildspec.yml') ?? '';
  const spec = parse(text) as Buildspec;
  const commands = Object.values(spec.phases).flatMap((phase) => phase.commands);

  test('has the phases of a delivery, in bash and on Node 24', () => {
    expect([spec.version, spec.env.shell]).toEqual([0.2, 'bash']);
    expect(Object.keys(spec.phases)).toEqual(['install', 'pre_build', 'build', 'post_build']);
    expect(spec.phases['install']?.['runtime-versions']).toEqual({ nodejs: 24 });
    const found = Object.entries(spec.phases).flatMap(([phase, { commands: each }]) =>
      each.flatMap((command) => {
        const [work] = /npm ci|npm test|docker login|docker build|docker push|apply -input/.exec(command) ?? [];
        return work === undefined ? [] : [`${phase}: ${work}`];
      }),
    );
    expect(found).toEqual([
      'install: npm ci',
      'pre_build: npm test',
      'pre_build: docker login',
      'build: docker build',
      'post_build: docker push',
      'post_build: apply -input',
    ]);
  });

  test('says latest nowhere: images and tools have exact versions', () => {
    expect(text).not.toMatch(/latest/i);
    expect(spec.env.variables['TERRAFORM_VERSION']).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('uses no variable that nobody sets', () => {
    const { files, problems } = synth(app);
    expect(problems).toEqual([]);
    const byProject = [...(files.get('dev/delivery.tf') ?? '').matchAll(/environment_variable \{\n +name += "(\w+)"/g)];
    const known = new Set([...byCodeBuild, ...Object.keys(spec.env.variables), ...byProject.map((match) => match[1])]);
    const { set, used } = shellVariables(commands.join('\n'));
    expect(used.length).toBeGreaterThan(30);
    expect(used.filter((name) => !known.has(name) && !set.includes(name))).toEqual([]);
  });

  test('every step is bash, and ends at the first failure wherever CodeBuild runs it', () => {
    for (const command of commands) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: command, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      expect(command).toMatch(/^(export TAG="|bash -euo pipefail \/dev\/fd\/3 3<<'SCRIPT'\n[\s\S]*\nSCRIPT\n?$)/);
    }
  });

  test('no step waits for a person', () => {
    const terraform = commands.join('\n').match(/terraform -chdir=\S+ (?:init|plan|apply) .*/g) ?? [];
    expect(terraform.length).toBeGreaterThanOrEqual(3);
    expect(terraform.filter((line) => !line.includes('-input=false'))).toEqual([]);
  });

  test('tells how to deliver and how to go back, with names that are there', () => {
    const [, name] = /start-build --region \S+ --project-name (\S+)/.exec(text) ?? [];
    expect(synth(app).files.get('dev/delivery.tf')).toContain(`name                   = "${name}"`);
    expect(text).toMatch(/^# .*IMAGE_TAG,value=<commit>$/m);
  });
});

test('the migrations are named as the generated Terraform names them', () => {
  const two = appWith({
    resources: { 'user-db': { kind: 'postgres' }, log: { kind: 'postgres' } },
    services: { api: { source: 'src/main.ts', compute: 'fargate', uses: ['user-db', 'log'] } },
  });
  for (const app of [withDatabase, two]) {
    const text = deliveryFiles(app).get('buildspec.yml') ?? '';
    const terraform = [...synth(app).files].flatMap(([path, content]) => (path.startsWith('dev/') ? [content] : []));
    const all = terraform.join('\n');
    const steps = [...text.matchAll(/^ +migrate (\S+) (\S+) (\S+)$/gm)];
    expect(steps.length).toBe(app === two ? 2 : 1);
    for (const [, output, definition, log] of steps) {
      expect(all).toContain(`output "${output}"`);
      expect(all).toContain(`resource "aws_ecs_task_definition" "${definition}"`);
      expect(all).toContain(`"/shop/dev/${log}"`);
    }
  }
});

test('without a delivery there is no file; the folder of Terraform is the one given', () => {
  const { delivery: _none, ...without } = appWith();
  expect(deliveryFiles(without).size).toBe(0);
  expect(deliveryFiles(appWith(), { terraform: 'deploy/aws' }).get('buildspec.yml')).toContain(
    'infra="deploy/aws/$ENVIRONMENT"',
  );
});
