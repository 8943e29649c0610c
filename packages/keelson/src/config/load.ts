import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type App, checkApp, type Problem } from '@keelson/contract';
import { ProblemsError } from '../user-error.ts';
import { findConfig, configName } from './find.ts';
import { importTypeScript } from './import.ts';

export interface LoadedApp {
  readonly app: App;
  /** Folder of the configuration file. */
  readonly root: string;
}

/**
 * Reads and checks the app of a folder.
 * @param alsoCheck what a command needs beyond the contract; its problems are told together with the contract's
 * @throws UserError when the file is missing or cannot run
 * @throws ProblemsError with everything that is wrong in it
 */
export async function loadApp(
  folder: string,
  alsoCheck: (app: App) => readonly Problem[] = () => [],
): Promise<LoadedApp> {
  const file = findConfig(folder);
  const root = dirname(file);
  const { default: value } = await importTypeScript(file);
  if (value === undefined) throw new ProblemsError(`${configName} exports no app.`, [noDefaultExport]);
  const own = [...checkApp(value), ...missingSources(value, root)];
  const problems = own.length === 0 ? own : [...own, ...furtherProblems(value, alsoCheck, own)];
  if (problems.length > 0) throw new ProblemsError(title(problems.length), problems);
  return { app: value as App, root };
}

const noDefaultExport: Problem = {
  path: '',
  message: 'the file has no default export',
  hint: 'Write `export default defineApp({ … })`.',
};

function title(count: number): string {
  return count === 1 ? `${configName} has a problem:` : `${configName} has ${count} problems:`;
}

/** A check made for whole apps may fail on half of one: then the first problems have to be solved first. */
function furtherProblems(
  value: unknown,
  alsoCheck: (app: App) => readonly Problem[],
  known: readonly Problem[],
): Problem[] {
  try {
    return alsoCheck(value as App).filter(({ path }) => !known.some((problem) => problem.path === path));
  } catch {
    return [];
  }
}

/** What the schema cannot know: whether the files are there. */
function missingSources(value: unknown, root: string): Problem[] {
  const services = (value as { services?: Record<string, { source?: unknown } | null> } | null)?.services ?? {};
  if (typeof services !== 'object') return [];
  return Object.entries(services).flatMap(([name, service]) => {
    const source = service?.source;
    if (typeof source !== 'string' || source === '' || isFile(resolve(root, source))) return [];
    const hint = `It is looked for at ${resolve(root, source)}.`;
    return [{ path: `services.${name}.source`, message: `there is no file ${source}`, hint }];
  });
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
