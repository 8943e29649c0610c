import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { synth } from '@keelson/infra';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findMirror } from '../../../infra/test/terraform/mirror.ts';
import { type Provider, startProvider } from '../../../infra/test/terraform/provider.ts';
import { lackingForTerraform, saySkipped } from '../../../infra/test/tools.ts';
import { deliveryFiles } from '../../src/delivery/index.ts';
import { dockerfileText } from '../../src/image/dockerfile.ts';
import { templates } from './github-apps.ts';
import { parseWorkflow, runJob } from './github-runner.ts';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();

const table =
  /^### Coverage\n\n\| \| covered \| of \| % \|\n.*\n(\| \w+ \| \d+ \| \d+ \| [\d.]+ \|\n){4}\nMeasured: what the tests import themselves, [\w./, -]+\.\nNot measured: the services .+\n$/;

/** Every script of the pull request's workflow that asks nothing of the cloud, with this machine's tools; packages are there already. */
describe.each(['microservices', 'quick'])('a pull request to a copy of the template %s', (name) => {
  const app = templates[name];
  if (!app) throw new Error(`no template ${name}`);
  const text = deliveryFiles(app).get('.github/workflows/pr-ci.yml') ?? '';
  let folder: string;
  let provider: Provider | undefined;
  beforeAll(() => {
    folder = copyOf(name, app);
  });
  afterAll(async () => {
    await provider?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('checks types, tests, and shows what the tests reach', { timeout: 600_000 }, async () => {
    const ran = await runJob(text, 'test', app, { folder, standIns: ['npm'], variables: { REAL_NPM: npm } });
    expect(ran.output).toMatch(/Tests .*passed/);
    expect(ran.result, ran.output).toBe('success');
    expect(ran.calls).toEqual(['npm ci', 'npm run typecheck --if-present', expect.stringMatching(/^npm test -- /)]);
    expect(ran.summary).toMatch(name === 'quick' ? /^No coverage: the tests start the services as processes/ : table);
    expect(readFileSync(join(folder, 'coverage/index.html'), 'utf8')).toContain('coverage');
  });

  test('finds the Dockerfile of each service', async () => {
    const matrix = parseWorkflow(text).jobs['image']?.strategy?.matrix.include ?? [];
    expect(matrix.map(({ service }) => service)).toEqual(Object.keys(app.services));
    for (const each of matrix) {
      const ran = await runJob(text, 'image', app, { folder, contexts: { matrix: each } });
      expect(ran.result, ran.output).toBe('success');
    }
  });

  const lacking = lackingForTerraform();
  test.skipIf(saySkipped(`the Terraform of a pull request to ${name}`, lacking))(
    'checks the format and validates every directory',
    { timeout: 600_000 },
    async () => {
      provider = await startProvider({});
      const variables = { TF_CLI_CONFIG_FILE: join(folder, 'terraform.rc'), ...provider.variables };
      const ran = await runJob(text, 'terraform', app, { folder, standIns: [], variables });
      expect(ran.result, ran.output).toBe('success');
      expect(ran.output.match(/The configuration is valid/g)).toHaveLength(
        1 + Object.keys(app.environments ?? {}).length,
      );

      const [environment = ''] = Object.keys(app.environments ?? {});
      writeFileSync(join(folder, 'infra', environment, 'mine.tf'), 'output "x" {\n  value = aws_vpc.none\n}\n');
      const invalid = await runJob(text, 'terraform', app, { folder, standIns: [], variables });
      expect(invalid.result).toBe('failure');
      expect(invalid.output).toContain(`::error title=Not valid::infra/${environment}\n`);
      writeFileSync(join(folder, 'infra', environment, 'mine.tf'), 'output "x" {\nvalue=1\n}\n');
      const unformatted = await runJob(text, 'terraform', app, { folder, standIns: [], variables });
      expect(unformatted.steps.at(-1)).toBe('Check the format');
      expect(unformatted.result).toBe('failure');
    },
  );
});

/** The project as `npm ci` leaves it, but with the packages of this repository as they are. */
function copyOf(name: string, app: NonNullable<(typeof templates)[string]>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'keelson-pull-')));
  const left = new Set(['.keelson', 'node_modules', '.env']);
  cpSync(join(repository, 'templates', name), folder, { recursive: true, filter: (path) => !left.has(basename(path)) });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const edit = (file: string, change: (before: string) => string) =>
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
  edit('vitest.config.ts', (before) =>
    before.replace(/existsSync\(new URL\(.*\)\)/, 'existsSync(import.meta.filename)'),
  );
  edit('tsconfig.json', (before) => {
    const { include } = JSON.parse(before) as { include: string[] };
    const compilerOptions = { noEmit: true, composite: false, declaration: false, declarationMap: false };
    return JSON.stringify({ extends: join(repository, 'tsconfig.base.json'), compilerOptions, include });
  });
  for (const service of Object.keys(app.services)) {
    const file = Object.keys(app.services).length === 1 ? 'Dockerfile' : `Dockerfile.${service}`;
    writeFileSync(join(folder, file), dockerfileText({ app, service, root: folder }));
  }
  addTerraform(folder, app);
  return folder;
}

function addTerraform(folder: string, app: NonNullable<(typeof templates)[string]>): void {
  const { files, problems } = synth(app);
  expect(problems).toEqual([]);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, 'infra', path)), { recursive: true });
    writeFileSync(join(folder, 'infra', path), text);
  }
  // The mirror may hold an older provider than GitHub's machines get.
  const older =
    'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = ">= 5.100"\n    }\n  }\n}\n';
  for (const name of ['shared', ...Object.keys(app.environments ?? {})])
    writeFileSync(join(folder, 'infra', name, 'version_override.tf'), older);
  writeFileSync(
    join(folder, 'terraform.rc'),
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror { path = ${JSON.stringify(findMirror() ?? '')} }\n}\n`,
  );
}
