import { dirname } from 'node:path';
import { type App, checkApp, type Problem } from '@keelson/contract';
import { ProblemsError } from '../user-error.ts';
import { findConfig, configName } from './find.ts';
import { importTypeScript } from './import.ts';
import { missingSources } from './sources.ts';

export interface LoadedApp {
  readonly app: App;
  /** Folder of the configuration file. */
  readonly root: string;
}

/**
 * Reads and checks the app of a folder.
 * @param alsoCheck what a command needs beyond the contract; its problems are told together with the contract's
 * @param only the one service whose files have to be there. @default all of them
 * @throws UserError when the file is missing or cannot run
 * @throws ProblemsError with everything that is wrong in it
 */
export async function loadApp(
  folder: string,
  alsoCheck: (app: App) => readonly Problem[] = () => [],
  only?: string,
): Promise<LoadedApp> {
  const file = findConfig(folder);
  const root = dirname(file);
  const { default: value } = await importTypeScript(file);
  if (value === undefined) throw new ProblemsError(`${configName} exports no app.`, [noDefaultExport]);
  const own = [...checkApp(value), ...missingSources(value, root, only)];
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
