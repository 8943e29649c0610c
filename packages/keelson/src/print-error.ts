import type { Problem } from '@keelson/contract';
import type { Io } from './io.ts';
import { style } from './style.ts';
import { UserError } from './user-error.ts';

/** Prints what went wrong, for the person at the terminal. @returns the exit code */
export function printError(error: unknown, io: Io): number {
  const { red, dim } = style(io.stderr, io.env);
  const problems = problemsOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (problems) {
    io.stderr.write(`${red('error')} ${error instanceof UserError ? message : titleOf(problems)}\n\n`);
    for (const problem of problems) io.stderr.write(problemText(problem, dim));
    return 1;
  }
  io.stderr.write(`${red('error')} ${message}\n`);
  const hint = hintOf(error);
  if (hint) io.stderr.write(`      ${dim(hint)}\n`);
  if (error instanceof Error && isOurs(error)) io.stderr.write(`${dim(error.stack ?? '')}\n`);
  return error instanceof UserError ? error.exitCode : 1;
}

/** A mistake of Keelson's own: errors that are meant for the user have names of their own. */
function isOurs({ name }: Error): boolean {
  return /^(Error|TypeError|RangeError|ReferenceError|SyntaxError|AssertionError)$/.test(name);
}

function problemText({ path, message, hint }: Problem, dim: (text: string) => string): string {
  const place = path === '' ? '' : `${path}: `;
  return `  ${place}${message.replace(/\.$/, '')}\n${hint ? `    ${dim(hint)}\n` : ''}`;
}

function titleOf(problems: readonly Problem[]): string {
  return problems.length === 1 ? 'There is a problem in the environment:' : 'There are problems in the environment:';
}

function problemsOf(error: unknown): readonly Problem[] | undefined {
  const problems = error instanceof Error && 'problems' in error ? error.problems : undefined;
  return Array.isArray(problems) ? (problems as Problem[]) : undefined;
}

function hintOf(error: unknown): string {
  return error instanceof Error && 'hint' in error && typeof error.hint === 'string' ? error.hint : '';
}
