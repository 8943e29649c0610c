import { register } from 'node:module';
import { relative, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fromSource } from '../from-source.ts';
import { UserError } from '../user-error.ts';

/**
 * Runs a TypeScript file of the user's and gives its exports.
 * @throws UserError naming file and line when it cannot be parsed or throws
 */
export async function importTypeScript(file: string): Promise<Record<string, unknown>> {
  resolveToSource();
  const { tsImport } = await import('tsx/esm/api');
  try {
    return (await tsImport(pathToFileURL(file).href, { parentURL: import.meta.url })) as Record<string, unknown>;
  } catch (error) {
    throw new UserError(`${placeOf(error, file)}: ${reasonOf(error)}`);
  }
}

let resolving = false;

function resolveToSource(): void {
  if (resolving || !fromSource) return;
  resolving = true;
  register('../../bin/source-hooks.js', import.meta.url);
}

/** `keelson.config.ts:12:5`, or the file alone when the error does not say. */
function placeOf(error: unknown, file: string): string {
  const folder = dirname(file);
  const syntax = syntaxErrors(error)[0]?.location;
  if (syntax) return `${relative(folder, file)}:${syntax.line}:${syntax.column + 1}`;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const line of stack.split('\n')) {
    const [, place = '', row, column] =
      /(?:\(|at )((?:file:\/\/)?[^()\s]+?)(?:\?[^:)]*)?:(\d+):(\d+)\)?$/.exec(line) ?? [];
    const path = place.startsWith('file:') ? fileURLToPath(place) : place;
    if (path.startsWith(folder) && !path.includes('node_modules')) return `${relative(folder, path)}:${row}:${column}`;
  }
  return relative(folder, file);
}

function reasonOf(error: unknown): string {
  const syntax = syntaxErrors(error)[0];
  if (syntax) return syntax.text;
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof Error && error.name !== 'Error' ? `${error.name}: ${message}` : message;
}

interface SyntaxProblem {
  readonly text: string;
  readonly location?: { readonly line: number; readonly column: number };
}

/** esbuild's list, which tsx passes on. */
function syntaxErrors(error: unknown): readonly SyntaxProblem[] {
  const errors = error instanceof Error && 'errors' in error ? error.errors : undefined;
  return Array.isArray(errors) ? (errors as SyntaxProblem[]) : [];
}
