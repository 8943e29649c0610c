import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWithoutDocker, parseDockerfile } from '../packages/keelson/test/bundle/dockerfile.ts';
import { addressOf, startProgram } from '../packages/keelson/test/bundle/run.ts';
import { repository } from './support/imports.ts';
import { withBuildLock } from './support/pack.ts';
import { mustRun, plainEnv } from './support/run.ts';
import { keelsonBin } from './support/template.ts';

let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'keelson-to-image-'));
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** A newcomer with a clone: does what `keelson new` prints, commits, and builds the image from the commit somewhere else. */
describe.each(['quick'])('a project made from a clone with the template %s', (template) => {
  let project: string;

  beforeAll(async () => {
    project = join(temporary, `my-${template}`);
    const printed = await mustRun(process.execPath, [keelsonBin, 'new', basename(project), '--template', template], {
      cwd: temporary,
      env: plainEnv(),
    });
    const steps = [...printed.matchAll(/^ {2}(.+)$/gm)].map(([, line = '']) => line);
    const [enter, pack, install, start] = steps;
    expect([enter, start, steps.length]).toEqual([`cd ${basename(project)}`, 'npm start', 4]);
    // Packing builds into the `dist` folders that other tests build into.
    await withBuildLock(() => shell(`${enter} && ${pack}`, temporary));
    await shell(`${enter} && ${install}`, temporary);
  }, 600_000);

  test('has a lock file that names nothing outside of it', () => {
    const { packages } = readLock(project);
    const files = Object.values(packages).flatMap(({ resolved = '' }) =>
      resolved.startsWith('file:') ? resolved : [],
    );
    expect(files).toHaveLength(4);
    for (const file of files) expect(file).toMatch(/^file:vendor\/keelson-[\w.-]+\.tgz$/);
  });

  test('begins with the versions that the clone was tested with', () => {
    const versions = (lock: Lock) =>
      Object.entries(lock.packages).flatMap(([place, { version }]) =>
        place.startsWith('node_modules/@aws-sdk/') ? [`${place} ${version}`] : [],
      );
    const theirs = versions(readLock(project));
    expect(theirs).not.toHaveLength(0);
    expect(versions(readLock(repository))).toEqual(expect.arrayContaining(theirs));
  });

  test('makes another project, which installs from the same files', async () => {
    const other = join(temporary, `other-${template}`);
    const bin = join(project, 'node_modules/keelson/bin/keelson.js');
    const args = [bin, 'new', other, '--template', template];
    const printed = await mustRun(process.execPath, args, { cwd: project, env: plainEnv() });
    const steps = [...printed.matchAll(/^ {2}(.+)$/gm)].map(([, line = '']) => line);
    expect(steps).toEqual([`cd ${other}`, 'npm install ./vendor/*.tgz', 'npm start']);
    expect(printed).toContain('Commit vendor/ and package-lock.json');
    expect(readdirSync(join(other, 'vendor'))).toEqual(readdirSync(join(project, 'vendor')));
    await shell(`${steps[0]} && ${steps[1]} --dry-run`, temporary);
  }, 120_000);

  test('gives an image: its commit, elsewhere, does all that the Dockerfile says', async () => {
    const checkout = join(temporary, 'elsewhere', template);
    await commit(project);
    await shell(`git clone -q '${project}' '${checkout}'`, temporary);
    const root = join(temporary, 'image', template);
    mkdirSync(root, { recursive: true });
    // The binary of the adapter cannot be had without a registry; nothing runs it here.
    const adapter = join(root, 'adapter');
    writeFileSync(adapter, '');
    const image = await buildWithoutDocker(parseDockerfile(readFileSync(join(checkout, 'Dockerfile'), 'utf8')), {
      context: checkout,
      root,
      run: (line, folder) => shell(line, folder),
      elsewhere: () => adapter,
    });
    expect(existsSync(join(image.folder, 'vendor'))).toBe(false);
    expect(existsSync(join(image.root, 'opt/extensions/lambda-adapter'))).toBe(true);

    const service = startProgram(image.command, { cwd: image.folder, env: { ...image.env, ...environment } });
    try {
      expect((await fetch(`${await addressOf(service)}/health`)).status).toBe(200);
    } finally {
      expect(await service.stop()).toBe(0);
    }
  }, 600_000);
});

/** What the service is given in AWS, as far as it starts by it. */
const environment = {
  PUBLIC_URL: 'https://quick.example.com',
  KEELSON_ENVIRONMENT: 'dev',
  GOOGLE_CLIENT_ID: 'client',
  GOOGLE_CLIENT_SECRET: 'secret-of-the-client',
  SECRET_KEY: 'k'.repeat(32),
  SESSION_TABLE: 'quick-dev-sessions',
  AWS_REGION: 'us-east-1',
  HOST: '127.0.0.1',
  PORT: '0',
};

interface Lock {
  readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly version?: string }>>;
}

function readLock(folder: string): Lock {
  return JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as Lock;
}

async function commit(folder: string): Promise<void> {
  const author = '-c user.name=Ada -c user.email=ada@example.com -c core.excludesFile= -c commit.gpgSign=false';
  await shell(`git init -q && git add --all && git ${author} commit -qm First`, folder);
}

async function shell(line: string, cwd: string): Promise<void> {
  await mustRun('sh', ['-c', line], { cwd, env: plainEnv({ npm_config_audit: 'false', npm_config_fund: 'false' }) });
}
