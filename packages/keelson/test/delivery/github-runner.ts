import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { imageBefore, registry } from './code-build.ts';
import { type Contexts, evaluate, interpolate, isTrue } from './github-expression.ts';

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly 'continue-on-error'?: boolean;
}
export interface Job {
  readonly name: string;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly environment?: string | { readonly name: string; readonly url: string };
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly strategy?: { readonly matrix: { readonly include: readonly Readonly<Record<string, string>>[] } };
  readonly outputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency?: Job['concurrency'];
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export function parseWorkflow(text: string): Workflow {
  return parse(text) as Workflow;
}

export interface RunOptions {
  /** `github`, `inputs`, `vars`, `matrix`, `needs`. */
  readonly contexts?: Contexts;
  /** More variables of every step: what tells the stand-ins what happens. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What an Action does, by `owner/name`: whether it succeeds. The others do. */
  readonly actions?: Readonly<Record<string, (inputs: Readonly<Record<string, string>>, sandbox: string) => boolean>>;
  /** Images that were pushed before: `api:tag`. */
  readonly pushed?: readonly string[];
  /** What services run before, where that matters. */
  readonly runs?: Readonly<Record<string, string>>;
  /** The run is cancelled while the step of this name runs. */
  readonly cancelledIn?: string;
  /** Files of the source: text by path. */
  readonly source?: Readonly<Record<string, string>>;
  /** Where the source is. @default an empty folder that is removed afterwards */
  readonly folder?: string;
  /** Tools that are stand-ins; the others are this machine's. @default all */
  readonly standIns?: readonly string[];
  /** Only these steps. @default all */
  readonly only?: (step: Step) => boolean;
}

export interface Ran {
  readonly result: 'success' | 'failure' | 'cancelled' | 'skipped';
  /** Names of the steps that ran. */
  readonly steps: readonly string[];
  readonly calls: readonly string[];
  readonly output: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** What GitHub calls the environment of the job. */
  readonly environment: { readonly name: string; readonly url: string } | undefined;
  /** Text of a file of the sandbox or the source; `undefined` when there is none. */
  file(path: string): string | undefined;
}

const onlyWhatRuns = JSON.stringify({
  resource_changes: [
    { address: 'aws_ecs_service.api', mode: 'managed', type: 'aws_ecs_service', change: { actions: ['update'] } },
  ],
});

const allTools = ['aws', 'curl', 'docker', 'gh', 'npm', 'terraform'];

/** Runs the steps of a job as GitHub's runner does, with stand-ins for the tools. */
export async function runJob(
  text: string,
  id: string,
  app: { name: string; services: object },
  options: RunOptions = {},
): Promise<Ran> {
  const workflow = parseWorkflow(text);
  const job = workflow.jobs[id];
  if (!job?.steps) throw new Error(`no job ${id} with steps`);
  const sandbox = mkdtempSync(join(tmpdir(), 'keelson-github-'));
  const folder = options.folder ?? join(sandbox, 'source');
  mkdirSync(folder, { recursive: true });
  try {
    prepare(sandbox, app, options);
    for (const [path, file] of Object.entries(options.source ?? {})) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), file);
    }
    const ran = await runSteps(job, sandbox, folder, workflow, options);
    const kept = new Map<string, string | undefined>();
    for (const path of ['calls', 'migrated', 'comment', 'runner/comment.json'])
      kept.set(path, textOf(join(sandbox, path)));
    for (const service of Object.keys(app.services)) {
      for (const path of [`parameters/_${app.name}_dev_${service}_image`, `running/${service}`])
        kept.set(path, textOf(join(sandbox, path)));
    }
    for (const path of ['plans/dev.txt']) kept.set(path, textOf(join(folder, path)));
    return {
      ...ran,
      calls: (kept.get('calls') ?? '').split('\n').filter(Boolean),
      summary: textOf(join(sandbox, 'summary')) ?? '',
      file: (path) => kept.get(path)?.trim(),
    };
  } finally {
    rmSync(sandbox, { recursive: true, force: true });
  }
}

function prepare(
  sandbox: string,
  app: { name: string; services: object },
  { pushed = [], runs = {}, standIns = allTools }: RunOptions,
): void {
  for (const folder of ['bin', 'parameters', 'planned', 'running', 'built', 'registry', 'runner'])
    mkdirSync(join(sandbox, folder));
  const tools = fileURLToPath(new URL('stand-ins/', import.meta.url));
  for (const tool of [...standIns, 'record.sh']) symlinkSync(join(tools, tool), join(sandbox, 'bin', tool));
  for (const service of Object.keys(app.services)) {
    const image = runs[service] ?? imageBefore(app.name, service);
    writeFileSync(join(sandbox, `parameters/_${app.name}_dev_${service}_image`), `${image}\n`);
    writeFileSync(join(sandbox, 'running', service), `${image}\n`);
  }
  for (const image of pushed) push(sandbox, `${registry}/${app.name}/${image}`);
}

/** What `docker push` leaves behind. */
export function push(sandbox: string, image: string): void {
  writeFileSync(join(sandbox, 'registry', image.replaceAll('/', '_')), '');
}

async function runSteps(job: Job, sandbox: string, folder: string, workflow: Workflow, options: RunOptions) {
  const steps: Record<string, { outcome: string; outputs: Record<string, string> }> = {};
  const ran: string[] = [];
  let status: Ran['result'] = 'success';
  let output = '';
  const contexts = (): Contexts => ({
    github: {},
    inputs: {},
    vars: {},
    ...options.contexts,
    steps,
    'failure()': status === 'failure',
    'success()': status === 'success',
    'cancelled()': status === 'cancelled',
    'always()': true,
  });
  const common = interpolated({ ...workflow.env, ...job.env }, contexts());
  for (const step of job.steps ?? []) {
    if (options.only && !options.only(step)) continue;
    const entry = { outcome: 'skipped', outputs: {} as Record<string, string> };
    if (step.id) steps[step.id] = entry;
    if (!isDue(step, contexts())) continue;
    ran.push(step.name ?? step.uses ?? '');
    const ended = await runStep(step, { sandbox, folder, common, contexts: contexts(), options });
    output += ended.output;
    entry.outputs = ended.outputs;
    const isCancelled = options.cancelledIn !== undefined && options.cancelledIn === step.name;
    entry.outcome = isCancelled ? 'cancelled' : ended.isDone ? 'success' : 'failure';
    if (isCancelled) status = 'cancelled';
    else if (!ended.isDone && !step['continue-on-error'] && status === 'success') status = 'failure';
  }
  const place = job.environment;
  const environment = typeof place === 'string' ? { name: place, url: '' } : place;
  return {
    result: status,
    steps: ran,
    output,
    outputs: interpolated(job.outputs ?? {}, contexts()),
    environment: environment && (interpolated(environment, contexts()) as { name: string; url: string }),
  };
}

/** A condition without a word on the status means: and nothing failed. */
function isDue({ if: condition }: Step, contexts: Contexts): boolean {
  const bare = (condition ?? 'success()').replace(/^\$\{\{(.*)\}\}$/s, '$1');
  const asksForStatus = /\b(success|failure|cancelled|always)\(\)/.test(bare);
  return isTrue(evaluate(asksForStatus ? bare : `success() && (${bare})`, contexts));
}

interface StepArgs {
  readonly sandbox: string;
  readonly folder: string;
  readonly common: Readonly<Record<string, string>>;
  readonly contexts: Contexts;
  readonly options: RunOptions;
}

interface StepEnded {
  readonly isDone: boolean;
  readonly output: string;
  readonly outputs: Record<string, string>;
}

async function runStep(step: Step, { sandbox, folder, common, contexts, options }: StepArgs): Promise<StepEnded> {
  if (step.uses !== undefined) {
    const inputs = interpolated(step.with ?? {}, contexts);
    const does = options.actions?.[step.uses.split('@')[0] ?? ''];
    return { isDone: does?.(inputs, sandbox) ?? true, output: '', outputs: {} };
  }
  const script = join(sandbox, 'step.sh');
  const outputFile = join(sandbox, 'output');
  writeFileSync(script, step.run ?? '');
  writeFileSync(outputFile, '');
  const env = {
    PATH: [join(sandbox, 'bin'), join(process.execPath, '..'), process.env['PATH']].join(delimiter),
    HOME: process.env['HOME'] ?? sandbox,
    SANDBOX: sandbox,
    RUNNER_TEMP: join(sandbox, 'runner'),
    GITHUB_OUTPUT: outputFile,
    GITHUB_STEP_SUMMARY: join(sandbox, 'summary'),
    GITHUB_REPOSITORY: 'ada/shop',
    REGISTRY: registry,
    PLAN: onlyWhatRuns,
    ...common,
    ...interpolated(step.env ?? {}, contexts),
    ...options.variables,
  };
  const ended = await bash(script, folder, env);
  const lines = (textOf(outputFile) ?? '').split('\n').filter(Boolean);
  return {
    ...ended,
    outputs: Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
  };
}

function bash(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Pick<StepEnded, 'isDone' | 'output'>> {
  return new Promise((done) => {
    // As GitHub starts `shell: bash`.
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', script];
    execFile('bash', args, { cwd, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      done({ isDone: error === null, output: stdout + stderr });
    });
  });
}

function interpolated(values: Readonly<Record<string, unknown>>, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, interpolate(String(value), contexts)]));
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
