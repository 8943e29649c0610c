import { rmSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Bundle, bundleSources } from '../source-bundle.ts';
import { buildFailures, failureText } from '../build-failure.ts';
import { conditions, newBuildFolder } from '../build-folder.ts';
import { UserError } from '../user-error.ts';
import { guardImport } from './import-guard.ts';

/**
 * Runs a TypeScript file of the user's and gives its exports.
 * @throws UserError naming file and line when it cannot be parsed or throws
 */
export async function importTypeScript(file: string): Promise<Record<string, unknown>> {
  const folder = dirname(file);
  const outdir = newBuildFolder(folder);
  const clean = () => rmSync(outdir, { recursive: true, force: true });
  process.setSourceMapsEnabled(true);
  const endGuard = guardImport(relative(folder, file), (error) => placeIn(error, folder), clean);
  try {
    const bundle = await compile(file, outdir);
    return await run(bundle, file);
  } finally {
    endGuard();
    clean();
  }
}

async function compile(file: string, outdir: string): Promise<Bundle> {
  try {
    return await bundleSources({ entries: { [entryName(file)]: file }, outdir, conditions });
  } catch (error) {
    const [failure] = buildFailures(error);
    if (!failure) throw error;
    throw new UserError(failureText(failure, dirname(file), outdir));
  }
}

async function run(bundle: Bundle, file: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(bundle.file(entryName(file))).href)) as Record<string, unknown>;
  } catch (error) {
    throw new UserError(`${placeOf(error, file)}: ${reasonOf(error)}`);
  }
}

function entryName(file: string): string {
  return basename(file).replace(/\.[^.]+$/, '');
}

/** `keelson.config.ts:12:5`, or the file alone when the error does not say. */
function placeOf(error: unknown, file: string): string {
  const folder = dirname(file);
  return placeIn(error, folder) ?? relative(folder, file);
}

function placeIn(error: unknown, folder: string): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const line of stack.split('\n')) {
    const [, place = '', row, column] =
      /(?:\(|at (?:async )?)((?:file:\/\/)?[^()\s]+?):(\d+):(\d+)\)?$/.exec(line) ?? [];
    const path = place.startsWith('file:') ? fileURLToPath(place) : place;
    if (path.startsWith(folder) && !path.includes('node_modules')) return `${relative(folder, path)}:${row}:${column}`;
  }
  return undefined;
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof Error && error.name !== 'Error' ? `${error.name}: ${message}` : message;
}
