import type { Expression, Reference } from '../../hcl/index.ts';

/** What the rest of the environment needs to know of a service. */
export interface MadeService {
  readonly name: string;
  readonly id: string;
  /** Address people reach it at, without a slash at the end. */
  readonly url: Expression;
  readonly arn: Reference;
  readonly image: Reference;
  /** Express: the endpoints that AWS made. */
  readonly ingressPaths: Reference | undefined;
  /** Lambda: name of the function. */
  readonly functionName?: Reference;
}
