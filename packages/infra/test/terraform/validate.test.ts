import { afterAll, describe, expect, test } from 'vitest';
import { synth, synthState } from '../../src/index.ts';
import { appWith, dev } from '../synth/apps.ts';
import { hasTerraform } from '../tools.ts';
import { mirror, workspace } from './offline.ts';

const apps = {
  sso: appWith('fargate'),
  'public tasks, three zones': appWith('fargate', {
    environments: { dev: { ...dev, network: { tasks: 'public', zones: 3 }, database: { instances: 2 } } },
  }),
  'sessions in DynamoDB': appWith('fargate', {
    resources: { login: { kind: 'login', provider: 'generic' } },
    environments: { dev },
  }),
};
const cases = Object.entries(apps).flatMap(([name, app]) =>
  ['shared', ...Object.keys(app.environments ?? {})].map((folder) => ({ name, folder, files: synth(app).files })),
);

const state = synthState(appWith('fargate', { state: { bucket: 'sso-state', locking: 'dynamodb' } }));
cases.push({ name: 'state bucket', folder: 'state', files: state?.files ?? new Map() });

// Express needs a later provider than mirrors have; it is checked against the schema alone.
describe.skipIf(!hasTerraform() || mirror === undefined)('terraform validate', () => {
  const open: { remove(): void }[] = [];
  afterAll(() => open.forEach((made) => made.remove()));

  test.each(cases)('$name: $folder', async ({ folder, files }) => {
    const made = workspace(files, folder);
    open.push(made);
    await made.terraform('init', '-backend=false', '-input=false', '-no-color');
    expect(JSON.parse(await made.terraform('validate', '-json'))).toMatchObject({ valid: true, warning_count: 0 });
    expect(await made.terraform('fmt', '-check')).toBe('');
  });

  test('a file of one’s own can refer to what is generated', async () => {
    const made = workspace(synth(apps.sso).files, 'dev');
    open.push(made);
    made.add('dev/extra.tf', 'output "own" {\n  value = aws_ecs_service.api.name\n}\n');
    await made.terraform('init', '-backend=false', '-input=false', '-no-color');
    expect(JSON.parse(await made.terraform('validate', '-json'))).toMatchObject({ valid: true });
  });
});
