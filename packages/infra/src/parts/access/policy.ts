import { type Expression, explained, jsonencode, type Value } from '../../hcl/index.ts';

/** One statement of an IAM policy. */
export interface Statement {
  readonly sid: string;
  /** @default 'Allow' */
  readonly effect?: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** ARNs, or `everything(reason)`. */
  readonly resources: readonly (string | Expression)[] | Everything;
  readonly condition?: Value;
}

/** AWS offers no resource level for these actions; the reason is printed above the `*`. */
export interface Everything {
  readonly reason: string;
}

export function everything(reason: string): Everything {
  return { reason };
}

export function policy(statements: readonly Statement[]): Expression {
  return jsonencode({ Version: '2012-10-17', Statement: statements.map(printStatement) });
}

function printStatement({ sid, effect = 'Allow', actions, resources, condition }: Statement): Value {
  return {
    Sid: sid,
    Effect: effect,
    Action: actions,
    Resource: 'reason' in resources ? explained('*', resources.reason) : resources,
    Condition: condition,
  };
}
