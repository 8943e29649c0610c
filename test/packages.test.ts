import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from './support/free-port.ts';
import { repository } from './support/imports.ts';
import { npm, npmInstall, type PackageFolder, packPackages, type Tarballs } from './support/pack.ts';
import { mustRun, plainEnv, run } from './support/run.ts';

const folders = ['contract', 'runtime', 'infra', 'keelson'] as const;
const names: Record<PackageFolder, string> = {
  contract: '@keelson/contract',
  runtime: '@keelson/runtime',
  infra: '@keelson/infra',
  keelson: 'keelson',
};

let temporary: string;
let tarballs: Tarballs;

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'keelson-packages-'));
  tarballs = await packPackages(join(temporary, 'tarballs'), folders);
}, 300_000);

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe.each(folders)('the tarball of packages/%s', (folder) => {
  test('passes publint', async () => {
    const { code, stdout, stderr } = await tool('publint/src/cli.js', 'run', tarballs[folder], '--strict');
    expect(code, stdout + stderr).toBe(0);
  });

  test('passes are-the-types-wrong, as a package of ES modules only', async () => {
    const attw = '@arethetypeswrong/cli/dist/index.js';
    const { code, stdout, stderr } = await tool(
      attw,
      tarballs[folder],
      '--profile',
      'esm-only',
      '--no-color',
      '--no-emoji',
    );
    expect(code, stdout + stderr).toBe(0);
  });
});

/** A person with the packages alone: no repository above, nothing linked. */
describe.each([
  // The service and PostgreSQL with its own processes.
  { template: 'sso', processes: 3 },
  { template: 'shows', processes: 1 },
])('a project made by `keelson new` from $template outside the repository', ({ template, processes }) => {
  let project: string;

  beforeAll(async () => {
    project = join(temporary, `my-${template}`);
    await newProject(project, template);
    await npmInstall(project);
  }, 600_000);

  test('has what a project of its own needs', () => {
    for (const file of ['package.json', 'README.md', '.gitignore', 'keelson.config.ts', 'src/main.ts', 'test']) {
      expect(existsSync(join(project, file)), file).toBe(true);
    }
    expect(readFileSync(join(project, '.gitignore'), 'utf8')).toMatch(/\.keelson/);
    expect(existsSync(join(project, 'node_modules', 'keelson', 'bin', 'keelson.js'))).toBe(true);
  });

  test('passes its own tests and type check', async () => {
    await npm(project, 'run', 'typecheck');
    await npm(project, 'test');
  }, 600_000);

  test('starts, answers, and stops without leaving a process', async () => {
    const port = await freePort();
    const child = spawn(process.execPath, [cli(project), 'dev', '--port', String(port)], {
      cwd: project,
      env: plainEnv(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let started: Running[] = [];
    const printed: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => printed.push(text));
    try {
      expect(await firstStatus(`http://localhost:${port}/health`, child), printed.join('')).toBe(200);
      started = await descendantsOf(child.pid);
    } finally {
      await interrupt(child);
    }
    expect(child.exitCode, printed.join('')).toBe(0);
    expect(started.length).toBeGreaterThanOrEqual(processes);
    // A compiler that reads from a pipe ends with the process that held the other end, an instant later.
    await expect.poll(() => stillRunning(started), { timeout: 60_000 }).toEqual([]);
  }, 180_000);
});

/** Makes the project with the packed command line, and points it at the tarballs: no registry has the packages yet. */
async function newProject(project: string, template: string): Promise<void> {
  const toolbox = join(temporary, 'toolbox');
  if (!existsSync(toolbox)) {
    mkdirSync(toolbox);
    writePackage(toolbox, withTarballs({ name: 'toolbox', private: true }));
    await npmInstall(toolbox, '--omit=optional');
  }
  await mustRun(process.execPath, [cli(toolbox), 'new', project, '--template', template], {
    cwd: temporary,
    env: plainEnv(),
  });
  const file = join(project, 'package.json');
  writePackage(project, withTarballs(JSON.parse(readFileSync(file, 'utf8')) as Manifest));
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly [key: string]: unknown;
}

function withTarballs(manifest: Manifest): Manifest {
  const packed = Object.fromEntries(folders.map((folder) => [names[folder], `file:${tarballs[folder]}`]));
  const { [names.runtime]: _runtime, ...dependencies } = manifest.dependencies ?? {};
  const others = Object.entries(manifest.devDependencies ?? {}).filter(([name]) => !(name in packed));
  return {
    ...manifest,
    dependencies: { ...dependencies, ...packed },
    devDependencies: Object.fromEntries(others),
    overrides: Object.fromEntries(Object.keys(packed).map((name) => [name, `$${name}`])),
  };
}

function writePackage(folder: string, manifest: Manifest): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
}

function cli(folder: string): string {
  return join(folder, 'node_modules', 'keelson', 'bin', 'keelson.js');
}

function tool(file: string, ...args: string[]) {
  return run(process.execPath, [join(repository, 'node_modules', file), ...args], { cwd: temporary, env: plainEnv() });
}

/** The status of the first answer, waited for as long as the process lives. */
async function firstStatus(url: string, child: ChildProcess): Promise<number | undefined> {
  const giveUpAt = Date.now() + 120_000;
  while (child.exitCode === null && Date.now() < giveUpAt) {
    const response = await fetch(url).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) return response.status;
    await wait(50);
  }
  return undefined;
}

async function interrupt(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGINT');
  await gone;
}

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process of the machine but those that have ended and only wait for somebody to ask how. */
async function runningNow(): Promise<Running[]> {
  const lines = (await mustRun('ps', ['-eo', 'pid=,ppid=,stat=,args='], { cwd: temporary })).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, state, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return state === undefined || state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** Everything a process has started, and what that has started. */
async function descendantsOf(pid: number | undefined): Promise<Running[]> {
  const all = await runningNow();
  const below = (parent: number | undefined): Running[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

async function stillRunning(started: readonly Running[]): Promise<string[]> {
  const now = new Set((await runningNow()).map(({ pid, command }) => `${pid} ${command}`));
  return started.map(({ pid, command }) => `${pid} ${command}`).filter((one) => now.has(one));
}
