import type { Problem } from '@keelson/contract';

/** Something the user can put right: printed as message and hint, without a stack. */
export class UserError extends Error {
  readonly hint: string;
  readonly exitCode: number;

  constructor(message: string, hint = '', exitCode = 1) {
    super(message);
    this.name = 'UserError';
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

/** The command line itself is wrong: exit code 2. */
export class UsageError extends UserError {
  constructor(message: string, hint: string) {
    super(message, hint, 2);
    this.name = 'UsageError';
  }
}

/** A file of the user's has problems; all of them are printed. */
export class ProblemsError extends UserError {
  readonly problems: readonly Problem[];

  constructor(title: string, problems: readonly Problem[]) {
    super(title);
    this.name = 'ProblemsError';
    this.problems = problems;
  }
}
