import { relative, resolve, sep } from 'node:path';
import type { App } from '@keelson/contract';
import { synth } from '@keelson/infra';
import { helpText, readArguments, type Usage } from '../arguments.ts';
import { environmentNamed } from '../config/environment-name.ts';
import { loadApp } from '../config/load.ts';
import { deliveryFiles } from '../delivery/index.ts';
import { planFiles, printRecord, readRecord, updateFiles } from '../infra-files/index.ts';
import type { Io } from '../io.ts';
import { ProblemsError } from '../user-error.ts';
import { noteDatabaseContainer } from './synth/database-container.ts';
import { nextSteps } from './synth/next-steps.ts';
import { notePlaceholders } from './synth/placeholders.ts';
import { notePlainHttp } from './synth/plain-http.ts';
import { printConflicts, printResult } from './synth/report.ts';

const usage: Usage = {
  name: 'synth',
  summary: 'Writes the app as Terraform: infra/shared, one directory per environment, and the files of its delivery.',
  flags: {
    env: { value: 'name', summary: 'Only this environment, and what is shared. Default: every one' },
    out: { value: 'folder', summary: 'Where to write everything. Default: infra, and beside it what a delivery needs' },
    force: { summary: 'Overwrite generated files that were edited by hand' },
  },
};

/** @returns the exit code: 1 when a file was edited by hand */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { help, flags } = readArguments(usage, args);
  if (help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  const { app, root } = await loadApp(io.cwd, (given) => synth(given).problems);
  const environment = typeof flags['env'] === 'string' ? environmentNamed(app, flags['env']) : undefined;
  const { files: terraform, problems } = synth(app, { environment });
  if (problems.length > 0) throw new ProblemsError('The app cannot be made in AWS as it is:', problems);

  const out = typeof flags['out'] === 'string' ? flags['out'] : 'infra';
  const code = await writeTerraform(io, {
    out,
    wanted: new Map([...terraform, ...placedDelivery(app, root, resolve(io.cwd, out))]),
    covers: (path) => coveredBy(path, environment),
    force: flags['force'] === true,
    next: (isFirst, changed, before) =>
      nextSteps({ app, out, environment, isFirst, changed, before, files: terraform }),
  });
  if (code === 0) {
    notePlaceholders(io, app);
    notePlainHttp(io, app, environment);
    noteDatabaseContainer(io, app, environment);
  }
  return code;
}

/** By path from the output folder: beside `infra`, at the root, where tools look; below any other folder. */
function placedDelivery(app: App, root: string, folder: string): [string, string][] {
  const isUsual = folder === resolve(root, 'infra');
  const inside = relative(root, folder).split(sep).join('/');
  // Into a script goes only what needs no quotes there.
  const isBelow = /^[\w.][\w./-]*$/.test(inside) && !inside.startsWith('..');
  const files = deliveryFiles(app, isBelow ? { terraform: inside } : {});
  return [...files].map(([path, text]) => [isUsual ? `../${path}` : path, text]);
}

interface WriteArgs {
  readonly out: string;
  readonly wanted: ReadonlyMap<string, string>;
  readonly covers: (path: string) => boolean;
  readonly force: boolean;
  /** @param before text of each file that was there, by path */
  readonly next: (
    isFirst: boolean,
    changed: readonly string[],
    before: ReadonlyMap<string, string>,
  ) => readonly string[];
}

/** Writes generated files and says what was done. @returns the exit code */
export async function writeTerraform(io: Io, { out, wanted, covers, force, next }: WriteArgs): Promise<number> {
  const folder = resolve(io.cwd, out);
  const known = readRecord(folder);
  const plan = planFiles({ folder, wanted, record: known ?? new Map(), covers });
  const conflicts = plan.files.filter(({ action }) => action === 'edited' || action === 'foreign');
  if (conflicts.length > 0 && !force) {
    printConflicts(io, out, conflicts);
    return 1;
  }
  updateFiles(folder, plan, printRecord(plan.record));
  const changed = plan.files.flatMap(({ path, action }) => (action === 'unchanged' ? [] : [path]));
  const before = new Map(plan.files.flatMap((file) => (file.before === undefined ? [] : [[file.path, file.before]])));
  printResult(io, out, plan, changed.length === 0 ? [] : next(isNothingButState(known), changed, before));
  return 0;
}

/** The bucket of the state may have been made before everything else. */
function isNothingButState(known: ReadonlyMap<string, string> | undefined): boolean {
  return [...(known?.keys() ?? [])].every((path) => path.startsWith('state/'));
}

/** With `--env` the other environments stay as they are, and a delivery, which is one for all, does not; the stack of `keelson state bootstrap` always does. */
function coveredBy(path: string, environment: string | undefined): boolean {
  const [folder = '', ...rest] = path.split('/');
  // Environments' names begin with a letter: this is a file of the delivery.
  if (rest.length === 0 || folder.startsWith('.')) return true;
  return folder !== 'state' && (environment === undefined || folder === 'shared' || folder === environment);
}
