import { relative, resolve } from 'node:path';

/** One error of the compiler. */
export interface BuildError {
  readonly text: string;
  readonly location: {
    readonly file: string;
    /** From 1. */
    readonly line: number;
    /** From 0. */
    readonly column: number;
    readonly lineText: string;
  } | null;
}

/** The errors that a failed compilation carries; empty when the error is of another kind. */
export function buildFailures(error: unknown): readonly BuildError[] {
  const errors = error instanceof Error && 'errors' in error ? error.errors : undefined;
  return Array.isArray(errors) ? (errors as BuildError[]) : [];
}

/** `src/main.ts:3:14: Expected ")"` @param outdir what the compiler names files relative to */
export function failureText({ text, location }: BuildError, root: string, outdir = root): string {
  if (!location) return text;
  return `${relative(root, resolve(outdir, location.file))}:${location.line}:${location.column + 1}: ${text}`;
}
