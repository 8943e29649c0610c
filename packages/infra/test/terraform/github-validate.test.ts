import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { delivered, everyDelivered, fromGitHub, onFargate, onLambda } from '../synth/github-apps.ts';
import { lackingForTerraform, saySkipped } from '../tools.ts';
import { workspaces } from './workspaces.ts';

const existing = { ...fromGitHub, github: { legacy: true, identityProvider: 'existing' } } as const;
const cases = [
  { name: 'Fargate', app: onFargate, folders: ['shared', 'dev'] },
  { name: 'a function', app: onLambda, folders: ['shared', 'dev'] },
  { name: 'everything', app: everyDelivered['accounts, mail and logs'] ?? onFargate, folders: ['shared', 'prod'] },
  {
    name: 'the provider of another app, a lock table',
    app: delivered(onFargate, {
      delivery: existing,
      state: { bucket: 'sso-terraform-state', locking: 'dynamodb', region: 'eu-west-1' },
    }),
    folders: ['shared', 'prod'],
  },
].flatMap(({ name, app, folders }) => folders.map((folder) => ({ name, folder, files: synth(app).files })));

const what = 'terraform validate of the roles of GitHub Actions';

describe.skipIf(saySkipped(what, lackingForTerraform()))('github-actions.tf is valid', () => {
  const workspace = workspaces();

  test.each(cases)('$name: $folder', async ({ folder, files }) => {
    expect(files.has(`${folder}/github-actions.tf`)).toBe(true);
    const made = workspace(files, folder, 'as configured');
    await made.terraform('init', '-backend=false', '-input=false', '-no-color');
    expect(JSON.parse(await made.terraform('validate', '-json'))).toMatchObject({ valid: true, error_count: 0 });
    expect(await made.terraform('fmt', '-check')).toBe('');
  });
});
