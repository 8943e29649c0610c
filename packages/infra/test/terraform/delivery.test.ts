import type { App } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { appWith, dev } from '../synth/apps.ts';
import { lackingForTerraform, saySkipped } from '../tools.ts';
import { workspaces } from './workspaces.ts';

const repository = 'https://github.com/acme/sso';
const apps: Record<string, App> = {
  'by hand': appWith('fargate', {
    delivery: { provider: 'codebuild', repository },
    state: { bucket: 'sso-state' },
  }),
  'by a push, on ARM, with a lock table': appWith('fargate', {
    environments: { dev: { ...dev, architecture: 'arm64' } },
    delivery: { provider: 'codebuild', repository, branch: 'release/1.x', trigger: 'webhook' },
    state: { bucket: 'sso-state', locking: 'dynamodb', region: 'eu-west-1' },
  }),
};
const cases = Object.entries(apps).flatMap(([name, app]) =>
  Object.keys(app.environments ?? {}).map((folder) => ({ name, folder, files: synth(app).files })),
);

describe.skipIf(saySkipped('terraform validate of deliveries', lackingForTerraform()))('delivery.tf is valid', () => {
  const workspace = workspaces();

  test.each(cases)('$name: $folder', async ({ folder, files }) => {
    const made = workspace(files, folder, 'as configured');
    await made.terraform('init', '-backend=false', '-input=false', '-no-color');
    expect(JSON.parse(await made.terraform('validate', '-json'))).toMatchObject({ valid: true, error_count: 0 });
    expect(await made.terraform('fmt', '-check')).toBe('');
  });
});
