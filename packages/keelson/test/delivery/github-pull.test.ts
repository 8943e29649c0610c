import { describe, expect, test } from 'vitest';
import { deliveryFiles } from '../../src/delivery/index.ts';
import { byGitHub, variants } from './github-apps.ts';
import { parseWorkflow, runJob } from './github-runner.ts';

const pullRequest = (app = byGitHub) => deliveryFiles(app).get('.github/workflows/pr-ci.yml') ?? '';

describe('a pull request', () => {
  test.each(Object.entries(variants))('security: builds the images of %s and pushes none', (_name, app) => {
    const { image } = parseWorkflow(pullRequest(app)).jobs;
    const builds = (image?.steps ?? []).filter(({ uses }) => uses?.startsWith('docker/build-push-action@'));
    expect(builds.map(({ with: inputs }) => inputs?.['push'])).toEqual([false]);
    for (const { with: inputs } of builds) expect(Object.keys(inputs ?? {})).not.toContain('outputs');
    expect(image?.permissions).toEqual({ contents: 'read' });
    expect(image?.steps?.some(({ uses }) => uses?.includes('login') || uses?.includes('credentials'))).toBe(false);
  });

  test.each(['shows', 'users', 'one service'])(
    'security: %s without the package for coverage is told of it, and nothing is installed',
    async (name) => {
      const app = variants[name] ?? byGitHub;
      const ran = await runJob(pullRequest(app), 'test', app);
      expect(ran.result).toBe('success');
      expect(ran.calls).toEqual(['npm ci', 'npm run typecheck --if-present', 'npm test']);
      expect(ran.summary).toBe(
        'No coverage: `npm install --save-dev @vitest/coverage-v8`, in the version of vitest, adds it.\n',
      );
    },
  );

  test('of tests that failed says so instead of an old coverage', async () => {
    const source = { 'node_modules/@vitest/coverage-v8/package.json': '{}' };
    const ran = await runJob(pullRequest(), 'test', byGitHub, { source, variables: { FAIL: 'npm test' } });
    expect(ran.result).toBe('failure');
    expect(ran.summary).toBe('No coverage: the tests failed.\n');
  });
});
