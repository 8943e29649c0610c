import { describe, expect, test } from 'vitest';
import { deliveryFiles } from '../../src/delivery/index.ts';
import { commit, registry } from './code-build.ts';
import { byGitHub } from './github-apps.ts';
import { type Ran, type RunOptions, runJob } from './github-runner.ts';

const text = deliveryFiles(byGitHub).get('.github/workflows/deploy-environment.yml') ?? '';
const running = 'b'.repeat(40);

/** Deploys `commit` to dev, which runs `running`. */
function deploy(relation: string, event: 'push' | 'workflow_dispatch', more: RunOptions = {}): Promise<Ran> {
  return runJob(text, 'deploy', byGitHub, {
    contexts: {
      github: { ref: 'refs/heads/main', sha: commit, event_name: event, run_id: '1', token: 'of-the-job' },
      vars: { AWS_ACCOUNT_ID: '123456789012' },
      inputs: { environment: 'dev', 'github-environment': 'dev', tag: commit, back: event !== 'push', prefix: 'DEV' },
    },
    pushed: [`api:${commit}`],
    runs: { api: `${registry}/shop/api:${running}` },
    ...more,
    variables: { RELATION: relation, ...more.variables },
  });
}

const asked = ({ calls }: Ran) => calls.filter((call) => call.startsWith('gh api'));
const runs = (ran: Ran) => ran.file('running/api')?.replace(/.*:/, '');

describe('two pushes shortly after one another', () => {
  test('fault: the older one comes last: it stops, and the newer commit stays', async () => {
    const ran = await deploy('behind', 'push');
    expect(ran.result).toBe('failure');
    expect(ran.output).toContain(`::error title=Overtaken::api runs ${running} in dev, which is newer than ${commit}.`);
    expect(runs(ran)).toBe(running);
    expect(ran.calls.filter((call) => /put-(parameter|image)|terraform \S+ (plan|apply)/.test(call))).toEqual([]);
    expect(ran.summary).toContain('Nothing was changed.');
    expect(asked(ran)).toEqual([`gh api repos/ada/shop/compare/${running}...${commit}?per_page=1 --jq .status`]);
  });

  test.each(['ahead', 'identical', 'diverged'])('a commit that is %s is deployed', async (relation) => {
    const ran = await deploy(relation, 'push');
    expect(ran.result).toBe('success');
    expect(runs(ran)).toBe(commit);
  });

  test('whoever names an older tag goes back to it, and nobody is asked', async () => {
    const ran = await deploy('behind', 'workflow_dispatch');
    expect(ran.result).toBe('success');
    expect(runs(ran)).toBe(commit);
    expect(asked(ran)).toEqual([]);
  });

  test('what GitHub does not know holds nobody up, and is said', async () => {
    const ran = await deploy('behind', 'push', { variables: { FAIL: 'gh api' } });
    expect(ran.result).toBe('success');
    expect(ran.output).toContain('::warning title=Not compared::');
    const first = await deploy('behind', 'push', { runs: { api: `${registry}/shop/api:by-hand` } });
    expect(first.result).toBe('success');
    expect(asked(first)).toEqual([]);
  });
});
