import { spawnSync } from 'node:child_process';
import type { App } from '@keelson/contract';
import { flowsOf, synth } from '@keelson/infra';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { deliveryFiles } from '../../src/delivery/index.ts';
import type { Buildspec } from './code-build.ts';
import { byPipeline, byPipelineWithDatabase, byPipelineWithTwoServices } from './pipeline-apps.ts';
import { shellVariables } from './shell-variables.ts';

const config: string = '../../../../templates/users/keelson.config.ts';
const { default: users } = (await import(config)) as { default: App };
const apps = {
  users,
  'one service': byPipeline,
  'a database': byPipelineWithDatabase,
  'two services': byPipelineWithTwoServices,
};
/** By the file, where the project is that runs it. */
const projects = { 'buildspec.yml': 'shared/build.tf', 'deployspec.yml': 'delivery.tf' } as const;
const cases = Object.entries(apps).flatMap(([title, app]) =>
  Object.entries(projects).map(([file, project]) => ({ title, app, file, project })),
);

describe.each(cases)('$file for $title', ({ app, file, project }) => {
  const text = deliveryFiles(app).get(file) ?? '';
  const spec = parse(text) as Buildspec;
  const commands = Object.values(spec.phases).flatMap((phase) => phase.commands);
  const [environment = ''] = Object.keys(app.environments ?? {});
  const { files, problems } = synth(app);
  const terraform = files.get(project === 'delivery.tf' ? `${environment}/${project}` : project) ?? '';

  test('is read by the project that a pipeline starts', () => {
    expect(problems).toEqual([]);
    expect([spec.version, spec.env.shell, spec.phases['install']?.['runtime-versions']]).toEqual([
      0.2,
      'bash',
      { nodejs: 24 },
    ]);
    expect(terraform).toMatch(
      new RegExp(`source \\{\\n +type += "CODEPIPELINE"\\n +buildspec = "${file.replace('.', '\\.')}"`),
    );
  });

  test('says latest nowhere, and uses no variable that nobody sets', () => {
    expect(text).not.toMatch(/latest/i);
    const byProject = [...terraform.matchAll(/environment_variable \{\n +name += "(\w+)"/g)].map((match) => match[1]);
    const stages = files.get('shared/pipelines.tf') ?? '';
    const byPipelines = [...stages.matchAll(/name += "([A-Z_]+)"\n +value = "(?:#|yes)/g)].map((match) => match[1]);
    expect(new Set(byPipelines)).toEqual(new Set(['COMMIT', 'IMAGE_TAG', 'PROMOTE']));
    const { set, used } = shellVariables(commands.join('\n'));
    const known = new Set([...set, ...byProject, ...byPipelines, ...Object.keys(spec.env.variables)]);
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  test('every step is bash, and ends at the first failure wherever CodeBuild runs it', () => {
    for (const command of commands) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: command, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      expect(command).toMatch(
        /^(export (?:IMAGE_)?TAG="|bash -euo pipefail \/dev\/fd\/3 3<<'SCRIPT'\n[\s\S]*\nSCRIPT\n?$)/,
      );
    }
  });

  test('names pipelines that are there', () => {
    const pipelines = flowsOf(app).map(({ name }) => name);
    const named = [...text.matchAll(/--name ([\w-]+)|^# {3}(\S+): .* → /gm)].map(([, one, two]) => one ?? two ?? '');
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !pipelines.includes(name))).toEqual([]);
    for (const name of named) expect(files.get('shared/pipelines.tf')).toContain(`name           = "${name}"`);
  });
});

test('the build touches no environment, and the deploy builds nothing', () => {
  const files = deliveryFiles(byPipelineWithDatabase);
  expect(files.get('buildspec.yml')).not.toMatch(/terraform |ssm|ecs|\$ENVIRONMENT/);
  expect(files.get('deployspec.yml')).not.toMatch(/npm |docker build|docker push|docker login/);
});

test('the folder of Terraform is the one given', () => {
  expect(deliveryFiles(byPipeline, { terraform: 'deploy/aws' }).get('deployspec.yml')).toContain(
    'infra="deploy/aws/$ENVIRONMENT"',
  );
});
