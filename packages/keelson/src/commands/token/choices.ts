import { ProblemsError, UserError } from '../../user-error.ts';

/** Makes choices, and keeps what is wrong with each until all are made. */
export class Choices {
  readonly #wrong: UserError[] = [];

  /** @returns what was chosen; `undefined` when that is not possible, which `check` tells */
  make<T>(choose: () => T): T | undefined {
    try {
      return choose();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#wrong.push(error);
      return undefined;
    }
  }

  /** @throws UserError with everything that is wrong */
  check(title: string): void {
    const [first, ...others] = this.#wrong;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    throw new ProblemsError(
      title,
      this.#wrong.map(({ message, hint }) => ({ path: '', message, hint })),
    );
  }
}
