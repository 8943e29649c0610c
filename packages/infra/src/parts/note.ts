import type { Value } from '../hcl/index.ts';

/** What a person has to know or to do after an apply: an output. */
export interface Note {
  readonly name: string;
  readonly description: string;
  readonly value: Value;
}
