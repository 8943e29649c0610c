import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export interface Buildspec {
  readonly version: number;
  readonly env: { readonly shell: string; readonly variables: Readonly<Record<string, string>> };
  readonly phases: Readonly<
    Record<string, { readonly 'runtime-versions'?: Record<string, number>; readonly commands: readonly string[] }>
  >;
}

export interface Build {
  readonly succeeded: boolean;
  /** Phases that ran; the last one may have failed. */
  readonly phases: readonly string[];
  /** `docker push …`, `aws ssm put-parameter …`, in their order. */
  readonly calls: readonly string[];
  readonly output: string;
  /** Text of a file of the sandbox; `undefined` when there is none. */
  file(path: string): string | undefined;
}

export interface BuildOptions {
  /** Of the build: `IMAGE_TAG`, and what tells the stand-ins what happens; `undefined` takes away what is given otherwise. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Images that were pushed before: `api:tag`. */
  readonly pushed?: readonly string[];
  /** How commands share a shell. AWS says the same instance; its log shows a script each. Both have to work. */
  readonly shells?: 'one each' | 'one for all';
  /** Where the source is. @default an empty folder that is removed afterwards */
  readonly folder?: string;
  /** Tools that are stand-ins; the others are this machine's. @default all */
  readonly standIns?: readonly string[];
}

export const commit = '3f2a9c0d1e4b5a69788796a5b4c3d2e1f0a1b2c3';
export const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
export const imageBefore = (app: string, service: string) => `${registry}/${app}/${service}:before`;

/** What AWS and the project's settings in delivery.tf give to a build. */
const given = {
  AWS_REGION: 'eu-central-1',
  CODEBUILD_RESOLVED_SOURCE_VERSION: commit,
  ENVIRONMENT: 'dev',
  CLUSTER: 'shop-dev',
  REGISTRY: registry,
  PLATFORM: 'linux/amd64',
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/of-the-role',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
  AWS_CONTAINER_AUTHORIZATION_TOKEN: 'of-the-role',
  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/var/run/token-of-the-role',
  PLAN: '{"resource_changes":[{"address":"aws_ecs_service.api","mode":"managed","type":"aws_ecs_service","change":{"actions":["update"]}}]}',
};

/** Runs a buildspec as CodeBuild does, with stand-ins for the tools. */
export async function build(text: string, options: BuildOptions = {}): Promise<Build> {
  const { variables = {}, pushed = [], shells, standIns = ['docker', 'aws', 'terraform', 'npm'] } = options;
  const spec = parse(text) as Buildspec;
  const sandbox = options.folder ?? mkdtempSync(join(tmpdir(), 'keelson-delivery-'));
  try {
    prepare(sandbox, spec, pushed, standIns);
    const env = environmentOf(spec, sandbox, variables);
    const result = await runPhases(spec, sandbox, env, shells ?? 'one each');
    const files = new Map(
      ['calls', 'migrated', 'credentials-of-npm', ...paths(spec)].map((path) => [path, readIfThere(sandbox, path)]),
    );
    return {
      ...result,
      calls: (files.get('calls') ?? '').split('\n').filter(Boolean),
      file: (path) => files.get(path)?.trim(),
    };
  } finally {
    if (options.folder === undefined) rmSync(sandbox, { recursive: true, force: true });
  }
}

function environmentOf(spec: Buildspec, sandbox: string, variables: BuildOptions['variables']): NodeJS.ProcessEnv {
  const path = [join(sandbox, 'bin'), join(process.execPath, '..'), process.env['PATH']].join(delimiter);
  return { PATH: path, HOME: sandbox, SANDBOX: sandbox, ...given, ...spec.env.variables, ...variables };
}

function prepare(
  sandbox: string,
  { env: { variables } }: Buildspec,
  pushed: readonly string[],
  standIns: readonly string[],
): void {
  const folders = ['bin', 'parameters', 'planned', 'running', 'built', 'registry'];
  for (const folder of folders) mkdirSync(join(sandbox, folder));
  const tools = fileURLToPath(new URL('stand-ins/', import.meta.url));
  for (const tool of [...standIns, 'record.sh']) symlinkSync(join(tools, tool), join(sandbox, 'bin', tool));
  const app = variables['APP'] ?? '';
  for (const service of services(variables)) {
    writeFileSync(join(sandbox, parameterFile(app, service)), `${imageBefore(app, service)}\n`);
    writeFileSync(join(sandbox, 'running', service), `${imageBefore(app, service)}\n`);
  }
  for (const image of pushed) {
    writeFileSync(join(sandbox, 'registry', `${registry}/${app}/${image}`.replaceAll('/', '_')), '');
  }
}

export function parameterFile(app: string, service: string): string {
  return `parameters/_${app}_dev_${service}_image`;
}

function paths({ env: { variables } }: Buildspec): string[] {
  return services(variables).flatMap((service) => [
    parameterFile(variables['APP'] ?? '', service),
    `running/${service}`,
  ]);
}

function services(variables: Buildspec['env']['variables']): string[] {
  return (variables['SERVICES'] ?? '').split(' ');
}

/** A failed install or pre_build ends the build; after a failed build, post_build still runs. */
async function runPhases(
  { phases }: Buildspec,
  sandbox: string,
  env: NodeJS.ProcessEnv,
  shells: 'one each' | 'one for all',
): Promise<Pick<Build, 'succeeded' | 'phases' | 'output'>> {
  const ran: string[] = [];
  let output = '';
  let succeeded = true;
  let current = env;
  for (const [name, { commands }] of Object.entries(phases)) {
    if (!succeeded && name !== 'post_build') continue;
    if (!succeeded && !ran.includes('build')) continue;
    ran.push(name);
    const groups = shells === 'one each' ? commands.map((command) => [command]) : [commands];
    const entering = { ...current, CODEBUILD_BUILD_SUCCEEDING: succeeded ? '1' : '0' };
    let failed = false;
    current = entering;
    for (const group of groups) {
      if (failed) break;
      const ended = await runCommands(group, sandbox, current);
      output += ended.output;
      current = ended.env;
      failed = ended.code !== 0;
    }
    succeeded &&= !failed;
  }
  return { succeeded, phases: ran, output };
}

interface Ended {
  readonly code: number;
  readonly output: string;
  /** With what was exported. */
  readonly env: NodeJS.ProcessEnv;
}

/** In one shell, each after the other until one fails. */
function runCommands(commands: readonly string[], sandbox: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const files = commands.map((command, index) => {
    const file = join(sandbox, `command-${index}`);
    writeFileSync(file, command);
    return file;
  });
  const script = `for file in "$@"; do source "$file" || exit $?; done; env -0 > "$SANDBOX/environment"`;
  return new Promise((done) => {
    execFile('bash', ['-c', script, 'bash', ...files], { cwd: sandbox, env }, (error, stdout, stderr) => {
      const exported = error ? undefined : readIfThere(sandbox, 'environment');
      const next = exported === undefined ? env : Object.fromEntries(exported.split('\0').filter(Boolean).map(pair));
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      done({ code, output: stdout + stderr, env: next });
    });
  });
}

function pair(line: string): [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}

function readIfThere(sandbox: string, path: string): string | undefined {
  const file = join(sandbox, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
