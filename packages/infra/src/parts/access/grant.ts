import type { Expression, Reference } from '../../hcl/index.ts';
import type { Statement } from './policy.ts';

/** Everything a service gets with a resource it uses; one value, so that no part of it can be forgotten. */
export interface Grant {
  /** Its side of the contract. Secrets are given by reference: `X_SECRET_ARN`. */
  readonly environment: Readonly<Record<string, string | Expression>>;
  /** What the task role may do with it. */
  readonly statements: readonly Statement[];
  /** Where the tasks may connect to inside the network. */
  readonly reach: readonly Reach[];
  /** Firehose stream that the service's log goes to, beside CloudWatch. */
  readonly logStream?: Reference | undefined;
}

export interface Reach {
  /** What is there, for the rules' descriptions and names: `db`. */
  readonly name: string;
  readonly port: number;
  readonly securityGroup: Reference;
}

export function mergeGrants(grants: readonly Grant[]): Grant {
  return {
    environment: Object.assign({}, ...grants.map(({ environment }) => environment)) as Grant['environment'],
    statements: grants.flatMap(({ statements }) => statements),
    reach: grants.flatMap(({ reach }) => reach),
    logStream: grants.find(({ logStream }) => logStream)?.logStream,
  };
}
