import { describe, expect, test } from 'vitest';
import { deliveryFiles } from '../../src/delivery/index.ts';
import { byGitHub, byGitHubWithFunction } from './github-apps.ts';
import { evaluate } from './github-expression.ts';
import { parseWorkflow, type Ran, type RunOptions, runJob } from './github-runner.ts';

const textOf = (app = byGitHub) => deliveryFiles(app).get('.github/workflows/pr-ci.yml') ?? '';
const vars = { AWS_ACCOUNT_ID: '123456789012' };
const pull = (head = 'ada/shop') => ({ number: 7, head: { sha: 'c0ffee'.repeat(7), repo: { full_name: head } } });
const github = {
  repository: 'ada/shop',
  actor: 'ada',
  run_id: '9',
  server_url: 'https://github.com',
  token: 't',
  event: { pull_request: pull() },
};

describe('the plan of a pull request', () => {
  const isPlanned = (contexts: object) => {
    const condition = parseWorkflow(textOf()).jobs['plan']?.if ?? '';
    return Boolean(evaluate(condition.replace(/^\$\{\{(.*)\}\}$/s, '$1'), { github, vars, ...contexts }));
  };

  test('is made for a branch of the repository', () => {
    expect(isPlanned({})).toBe(true);
  });

  test.each([
    ['from a fork', { github: { ...github, event: { pull_request: pull('eve/shop') } } }],
    ['from a deleted fork', { github: { ...github, event: { pull_request: { ...pull(), head: { repo: null } } } } }],
    ['of Dependabot', { github: { ...github, actor: 'dependabot[bot]' } }],
    ['without AWS_ACCOUNT_ID', { vars: {} }],
  ])('is skipped %s, and the comment with it', (_title, contexts) => {
    expect(isPlanned(contexts)).toBe(false);
    const comment = parseWorkflow(textOf()).jobs['comment']?.if?.replace(/^\$\{\{(.*)\}\}$/s, '$1') ?? '';
    const after = (result: string) => evaluate(comment, { 'cancelled()': false, needs: { plan: { result } } });
    expect([after('skipped'), after('success'), after('failure')]).toEqual([false, true, true]);
  });

  const plan = (options: RunOptions = {}, app = byGitHub) =>
    runJob(textOf(app), 'plan', app, {
      contexts: { github, vars, matrix: { environment: 'dev', prefix: 'DEV' } },
      ...options,
    });

  test('locks nothing and keeps the text', async () => {
    const ran = await plan({ variables: { PLAN_TEXT: 'Plan: 1 to add, 0 to change, 0 to destroy.' } });
    expect(ran.result).toBe('success');
    expect(ran.calls.filter((call) => call.startsWith('terraform'))).toEqual([
      'terraform -chdir=infra/dev init -input=false -no-color',
      'terraform -chdir=infra/dev plan -input=false -no-color -lock=false',
    ]);
    expect(ran.file('plans/dev.txt')).toBe('Plan: 1 to add, 0 to change, 0 to destroy.');
  });

  test('security: what looks like a secret is in neither the text nor the log', async () => {
    const secrets = {
      key: 'AKIAIOSFODNN7EXAMPLE',
      jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2lnbmF0dXJl',
      token: `ghs_${'a1'.repeat(18)}`,
      password: 'hunter2-hunter2',
      url: 'p4ssw0rd-in-url',
    };
    const PLAN_TEXT = `+ arn = "arn:aws:iam::123456789012:role/x"
+ a = "${secrets.key}"
+ b = "Bearer ${secrets.jwt}"
+ c = "${secrets.token}"
+ DB_PASSWORD = "${secrets.password}"
+ d = "postgres://user:${secrets.url}@host/db"
-----BEGIN RSA PRIVATE KEY-----
MIIEow
-----END RSA PRIVATE KEY-----
+ harmless = "OIDC_CLIENT_SECRET"`;
    const ran = await plan({ variables: { PLAN_TEXT } });
    const kept = `${ran.file('plans/dev.txt')}\n${ran.output}`;
    for (const secret of [...Object.values(secrets), '123456789012', 'MIIEow']) expect(kept).not.toContain(secret);
    expect(kept).toContain('arn:aws:iam::<account>:role/x');
    expect(kept).toContain('harmless = "OIDC_CLIENT_SECRET"');
  });

  test('that fails is kept too, and the run is red', async () => {
    const ran = await plan({ variables: { FAIL: 'terraform -chdir=infra/dev plan' } });
    expect(ran.result).toBe('failure');
    expect(ran.file('plans/dev.txt')).toContain('fails');
    expect(ran.steps.at(-1)).toBe('Keep the text for the comment');
  });

  test('of an environment that nothing was deployed to says so, and the run stays green', async () => {
    const gone = { ...byGitHub, services: { ...byGitHub.services, other: { source: 'src/x.ts', compute: 'fargate' } } };
    const ran = await runJob(textOf(gone as typeof byGitHub), 'plan', byGitHub, {
      contexts: { github, vars, matrix: { environment: 'dev' } },
    });
    expect(ran.result).toBe('success');
    expect(ran.file('plans/dev.txt')).toBe('Nothing was deployed there yet, so nothing is planned.');
    expect(ran.calls.filter((call) => call.startsWith('terraform'))).toEqual([]);
  });

  test('fault: AWS that does not answer is no environment that is not there', async () => {
    const ran = await plan({ variables: { FAIL: 'aws ssm get-parameter' } });
    expect(ran.result).toBe('failure');
  });

  test('that Terraform asks a person for names the repository variable', async () => {
    const source = { 'infra/dev/variables.tf': 'variable "google_client_id" {\n}\n' };
    expect((await plan({ source }, byGitHubWithFunction)).output).toContain(
      'Set the repository variable DEV_GOOGLE_CLIENT_ID.',
    );
    const contexts = {
      github,
      vars: { ...vars, dev_google_client_id: 'id' },
      matrix: { environment: 'dev', prefix: 'DEV' },
    };
    expect((await plan({ source, contexts }, byGitHubWithFunction)).result).toBe('success');
  });
});

describe('the comment', () => {
  const comment = (plans: Readonly<Record<string, string>>, COMMENTS = '[]') =>
    runJob(textOf(), 'comment', byGitHub, {
      contexts: { github, vars, needs: { plan: { result: 'success' } } },
      source: Object.fromEntries(Object.entries(plans).map(([name, text]) => [`plans/${name}.txt`, text])),
      variables: { COMMENTS },
    });
  const bodyOf = (ran: Ran) => (JSON.parse(ran.file('comment') ?? '{}') as { body: string }).body;
  const written = ({ calls }: Ran) =>
    calls.filter((call) => call.includes('--method')).map((call) => call.replace(/ --input .*/, ''));
  const marker = '<!-- keelson: plans of shop -->';
  const plans = {
    dev: 'x\nPlan: 1 to add, 0 to change, 0 to destroy.',
    prod: 'No changes. Your infrastructure matches',
  };

  test('has every environment in order, with what it comes to', async () => {
    const ran = await comment(plans);
    expect(ran.result).toBe('success');
    expect(written(ran)).toEqual(['gh api --silent --method POST repos/ada/shop/issues/7/comments']);
    expect(bodyOf(ran)).toMatch(/^<!-- keelson: plans of shop -->\n\n### What Terraform would change/);
    expect([...bodyOf(ran).matchAll(/<summary>(.*)<\/summary>/g)].map(([, summary]) => summary)).toEqual([
      '<b>dev</b>: Plan: 1 to add, 0 to change, 0 to destroy.',
      '<b>prod</b>: No changes. Your infrastructure matches',
    ]);
    expect(bodyOf(ran)).toContain('c0ffeec0ffee ([run](https://github.com/ada/shop/actions/runs/9))');
  });

  test('is one: the next run writes it anew', async () => {
    const mine = { id: 41, user: { login: 'github-actions[bot]' }, body: `${marker}\n\nold` };
    const others = [
      { id: 1, user: { login: 'eve' }, body: `${marker} of another person` },
      { id: 2, user: { login: 'github-actions[bot]' }, body: 'of another workflow' },
    ];
    const ran = await comment(plans, JSON.stringify([...others, mine, { ...mine, id: 42 }]));
    expect(written(ran)).toEqual(['gh api --silent --method PATCH repos/ada/shop/issues/comments/41']);
    expect(written(await comment(plans, JSON.stringify(others)))[0]).toContain('--method POST');
  });

  test('is as long as GitHub takes at most', async () => {
    const long = `${'a'.repeat(80)}\n`.repeat(3_000);
    const body = bodyOf(await comment({ dev: long, prod: long }));
    expect(body.length).toBeLessThan(65_000);
    expect(body).toContain('… cut here');
  });

  test('security: nothing of a plan leaves its fence', async () => {
    const evil = 'Plan: <img src=x> @everyone\n```\n````\n</details> # pwned';
    const body = bodyOf(await comment({ dev: evil, prod: evil }));
    expect(body).toContain(`\n\`\`\`\`\`\n${evil}\n\`\`\`\`\`\n`);
    expect(body).toContain('Plan: &#60;img src=x&#62; &#64;everyone</summary>');
  });

  test('says which plan is missing', async () => {
    expect(bodyOf(await comment({ dev: plans.dev }))).toContain('**prod**: could not be planned;');
  });
});
