import type { Problem } from '@keelson/contract';

/** The environment of the service is not usable. Carries every problem found, not only the first. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ path, message, hint }) => `${path}: ${message}${hint ? ` ${hint}` : ''}`).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
