import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { keelson, makeFolder } from '../dev/harness.ts';

const service = "import { createService } from '@keelson/runtime';\nexport default createService(async () => {});\n";

export interface AppText {
  /** Of the service `api`. */
  readonly compute?: string;
  readonly environments?: string;
  /** Further services, as text. */
  readonly services?: string;
}

export function configText({ compute = 'lambda', environments = '{ dev: {} }', services = '' }: AppText = {}): string {
  return `export default {
  name: 'shop', region: 'eu-central-1',
  services: { api: { source: 'src/main.ts', compute: '${compute}' }, ${services} },
  environments: ${environments},
};
`;
}

export const site = `site: { source: 'site', server: 'nginx', compute: 'fargate', port: 8080 }`;

const git = (folder: string, ...args: string[]) => {
  const quiet = ['-c', 'core.excludesFile=', '-c', 'commit.gpgSign=false', '-c', 'user.name=Ada'];
  const author = ['-c', 'user.email=ada@example.com'];
  return execFileSync('git', [...quiet, ...author, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
};

/** A project under git, everything committed. */
export async function makeProject(text: AppText = {}, more: Readonly<Record<string, string>> = {}) {
  const folder = await makeFolder({
    'keelson.config.ts': configText(text),
    'src/main.ts': service,
    'package-lock.json': '{}\n',
    'site/nginx.conf': 'events {}\n',
    'site/public/index.html': '<!doctype html>\n',
    ...more,
  });
  git(folder, 'init', '-q');
  return { folder, commit: commitAll(folder) };
}

export function commitAll(folder: string): string {
  git(folder, 'add', '--all');
  git(folder, 'commit', '-qm', 'All');
  return git(folder, 'rev-parse', 'HEAD').trim();
}

export interface Machine {
  /** Programs that are on it besides git. */
  readonly programs?: Readonly<Record<string, string>>;
}

export interface Built {
  readonly code: number | string;
  readonly output: string;
  /** What docker was called with, call by call, without the question for buildx. */
  readonly docker: readonly string[];
}

/** Whether the registry has an image: the words of `IN_REGISTRY` are parts of references, and `ARCHITECTURE` is what they are for. */
const registry = `case "$1 $2" in 'buildx imagetools'|'manifest inspect')
  for last; do :; done
  for each in $IN_REGISTRY; do
    case "$last" in *"$each"*) echo "{\\"architecture\\": \\"$ARCHITECTURE\\"}"; exit 0;; esac
  done
  exit 1
esac
`;
const record = `#!/bin/sh\n${registry}echo "$* [BUILDKIT=$DOCKER_BUILDKIT]" >> "$CALLS"\n`;
/** Docker as far as `keelson build` uses it: writes down how it is called. */
export const withBuildx = { docker: `${record}exit "\${DOCKER_EXIT_CODE:-0}"\n` };
export const withoutBuildx = {
  docker: `${record}[ "$1" != buildx ] || exit 1\nexit "\${DOCKER_EXIT_CODE:-0}"\n`,
};

/** `keelson build` on a machine with these programs and no others. */
export async function build(
  folder: string,
  args: readonly string[],
  { programs = withBuildx }: Machine = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Built> {
  const bin = mkdtempSync(join(tmpdir(), 'keelson-machine-'));
  const calls = join(bin, 'calls');
  try {
    for (const [name, text] of Object.entries(programs)) writeFileSync(join(bin, name), text, { mode: 0o755 });
    writeFileSync(join(bin, 'git'), `#!/bin/sh\nexec ${whereIs('git')} "$@"\n`, { mode: 0o755 });
    const run = keelson(folder, ['build', ...args], { PATH: bin, CALLS: calls, ...env });
    const code = await run.ended;
    const called = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
    return { code, output: run.output(), docker: called.filter((call) => !call.startsWith('buildx version')) };
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
}

function whereIs(program: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const folder = folders.find((each) => existsSync(join(each, program))) ?? dirname('/usr/bin/git');
  return join(folder, program);
}
