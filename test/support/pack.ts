import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lockAsInClone } from '../../packages/keelson/src/new/clone-lock.ts';
import { repository } from './imports.ts';
import { mustRun, plainEnv } from './run.ts';

/** Folder of a publishable package, under packages/. */
export type PackageFolder = 'contract' | 'runtime' | 'infra' | 'keelson';
/** Absolute path of the tarball of each package. */
export type Tarballs<Folder extends PackageFolder = PackageFolder> = Readonly<Record<Folder, string>>;

/** Builds packages as `npm publish` would and packs them into `folder`. */
export async function packPackages<Folder extends PackageFolder>(
  folder: string,
  packages: readonly Folder[],
): Promise<Tarballs<Folder>> {
  mkdirSync(folder, { recursive: true });
  return withBuildLock(async () => {
    const tarballs: Partial<Record<Folder, string>> = {};
    for (const name of packages) tarballs[name] = await packOne(name, folder);
    return tarballs as Tarballs<Folder>;
  });
}

async function packOne(name: PackageFolder, folder: string): Promise<string> {
  // Lifecycle scripts print to standard output too: what npm says of the tarball is its last line.
  const stdout = await npm(join(repository, 'packages', name), 'pack', '--pack-destination', folder);
  const file = stdout.trim().split('\n').at(-1);
  if (!file?.endsWith('.tgz')) throw new Error(`npm pack of packages/${name} named no tarball:\n${stdout}`);
  return join(folder, file);
}

/**
 * Installs what the package.json of `folder` asks for, quietly; what that leaves open in the versions of this repository, so
 * that nothing depends on what was published a moment ago.
 */
export async function npmInstall(folder: string, ...flags: string[]): Promise<void> {
  lockAsInClone(folder, repository);
  await npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...flags);
}

/** Runs npm in `folder`; answers its standard output. */
export function npm(folder: string, ...args: string[]): Promise<string> {
  // Under `npm test` the same npm, run by this Node: on Windows `npm` itself is no program but a command file.
  const cli = process.env['npm_execpath'];
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  return mustRun(command, [...first, ...args], { cwd: folder, env: plainEnv() });
}

const lockFile = join(repository, 'node_modules', '.cache', 'keelson-build.lock');

/** Test files run side by side, and all of them build into the same `dist` folders. */
export async function withBuildLock<Result>(build: () => Promise<Result>): Promise<Result> {
  mkdirSync(dirname(lockFile), { recursive: true });
  while (!tryLock()) await wait(200);
  try {
    return await build();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function tryLock(): boolean {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isAlive(lockOwner())) rmSync(lockFile, { force: true });
    return false;
  }
}

function lockOwner(): number {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return process.pid;
  }
}

function isAlive(pid: number): boolean {
  // The owner has made the file and not written its id yet.
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
