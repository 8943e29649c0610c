import { describe, expect, test } from 'vitest';
import { deliveryFiles } from '../../src/delivery/index.ts';
import { byGitHub, wordsOfBash } from './github-apps.ts';
import { type Ran, type RunOptions, runJob } from './github-runner.ts';

const text = deliveryFiles(byGitHub).get('.github/workflows/terraform-manual.yml') ?? '';
const vars = { AWS_ACCOUNT_ID: '123456789012' };
const main = { ref: 'refs/heads/main' };
const applying = { environment: 'prod', command: 'apply', confirm: 'APPLY' };

function check(inputs: object, contexts: RunOptions['contexts'] = {}): Promise<Ran> {
  return runJob(text, 'check', byGitHub, { contexts: { github: main, vars, inputs, ...contexts } });
}

function terraform(command: string, options: RunOptions = {}): Promise<Ran> {
  const contexts = {
    github: main,
    vars,
    inputs: { environment: 'dev', command },
    needs: { check: { outputs: { environment: 'dev' } } },
  };
  return runJob(text, 'terraform', byGitHub, { contexts, ...options });
}

const changing = ({ calls }: Ran) => calls.filter((call) => /^terraform .* (plan|apply) /.test(call));

describe('Terraform by hand', () => {
  test('applies on its branch, with the word, in the environment of GitHub that is meant', async () => {
    const ran = await check(applying);
    expect(ran.result).toBe('success');
    expect(ran.outputs).toMatchObject({ environment: 'production' });
  });

  test.each(['esac', 'in'])('knows an environment that is called like a word of bash: %s', async (environment) => {
    const written = deliveryFiles(wordsOfBash).get('.github/workflows/terraform-manual.yml') ?? '';
    const inputs = { environment, command: 'plan', confirm: '' };
    const ran = await runJob(written, 'check', wordsOfBash, { contexts: { github: main, vars, inputs } });
    expect(ran.output).toBe('');
    expect(ran.outputs).toEqual({ environment, prefix: environment.toUpperCase() });
  });

  test.each(['', 'apply', 'APPLY ', ' APPLY', 'YES', '$(echo APPLY)', 'APPLY"; id; "'])(
    'security: the word %j applies nothing',
    async (confirm) => {
      const ran = await check({ ...applying, confirm });
      expect(ran.result).toBe('failure');
      expect(ran.output).toMatch(/^::error title=Not confirmed::To apply, write APPLY, in capitals.*\n$/);
    },
  );

  test.each(['refs/heads/other', 'refs/heads/main/x', 'refs/tags/main'])(
    'security: applies and plans nothing that is on %s: the role may change the environment',
    async (ref) => {
      for (const inputs of [applying, { ...applying, command: 'plan', confirm: '' }]) {
        const refused = await check(inputs, { github: { ref } });
        expect(refused.result).toBe('failure');
        expect(refused.output).toContain('Only what is on main is planned and applied');
      }
    },
  );

  test('security: neither the log nor the summary shows the account or what looks like a secret', async () => {
    const secrets = ['AKIAABCDEFGHIJKLMNOP', 'hunter22', `ghp_${'a'.repeat(36)}`, '123456789012'];
    const text = `+ password = "hunter22"\n+ arn = "arn:aws:iam::123456789012:role/x"\n+ x = "${secrets[0]} ${secrets[2]}"`;
    for (const variables of [{ PLAN: text }, { PLAN_TEXT: text, PLAN_CODE: '1' }]) {
      const ran = await terraform('plan', { variables });
      expect(ran.result).toBe('PLAN' in variables ? 'success' : 'failure');
      for (const shown of [ran.output, ran.summary]) {
        expect(shown).toContain('+ password = "<secret>"');
        for (const secret of secrets) expect(shown).not.toContain(secret);
      }
    }
  });

  test.each([
    [{ ...applying, environment: 'dev;id' }, 'There is dev, prod.'],
    [{ ...applying, environment: '' }, 'There is dev, prod.'],
    [{ ...applying, command: 'destroy' }, 'There is plan and apply.'],
  ])('security: refuses %j', async (inputs, message) => {
    const ran = await check(inputs);
    expect(ran.result).toBe('failure');
    expect(ran.output).toContain(message);
  });

  test('says what is missing without the account', async () => {
    expect((await check(applying, { vars: {} })).output).toContain('gh variable set AWS_ACCOUNT_ID');
  });

  test('plans, shows the plan, and changes nothing', async () => {
    const ran = await terraform('plan', { variables: { PLAN: 'aws_vpc.main will be created' } });
    expect(ran.result).toBe('success');
    expect(ran.summary).toBe('### Plan of dev\n\n    aws_vpc.main will be created\n\n');
    expect(changing(ran)).toHaveLength(1);
  });

  test('applies the plan that it showed', async () => {
    const ran = await terraform('apply');
    expect(ran.result).toBe('success');
    expect(changing(ran)).toEqual([
      'terraform -chdir=infra/dev plan -input=false -no-color -lock-timeout=10m -out=manual.tfplan',
      'terraform -chdir=infra/dev apply -input=false -no-color -lock-timeout=10m manual.tfplan',
    ]);
    expect(ran.summary).toContain('**Apply to dev done.**');
  });

  test('fault: an apply that fails is said to have failed', async () => {
    const ran = await terraform('apply', { variables: { FAIL: 'terraform -chdir=infra/dev apply' } });
    expect(ran.result).toBe('failure');
    expect(ran.summary).toContain('**Apply to dev failed');
  });

  test('fault: a plan that fails is not applied', async () => {
    const ran = await terraform('apply', { variables: { FAIL: 'terraform -chdir=infra/dev plan' } });
    expect(ran.result).toBe('failure');
    expect(changing(ran)).toHaveLength(1);
  });
});
