import { validationError } from './api-error.ts';
import type { Members } from './dynalite.ts';

export interface TransactAction {
  /** `Put`, `Get` … */
  readonly type: string;
  readonly members: Members;
}

const most = 100;

/** The actions of a transaction, in order. @throws ApiError when there are none, too many, or one is of no known type */
export function actionsOf({ TransactItems: items, ReturnConsumedCapacity }: Members, types: readonly string[]) {
  if (!Array.isArray(items)) throw constraint('null', 'Member must not be null');
  if (items.length === 0) throw constraint("'[]'", 'Member must have length greater than or equal to 1');
  if (items.length > most) {
    throw constraint(`'[${items.length} items]'`, `Member must have length less than or equal to ${most}`);
  }
  return items.map((item: unknown): TransactAction => {
    const given = isMembers(item) ? Object.entries(item).filter(([, value]) => value !== null) : [];
    const [first] = given;
    if (given.length !== 1 || !first || !types.includes(first[0]) || !isMembers(first[1])) {
      throw validationError(`TransactItems can only contain one of ${types.join(', ')}`);
    }
    return {
      type: first[0],
      members: { ...first[1], ...(ReturnConsumedCapacity !== undefined && { ReturnConsumedCapacity }) },
    };
  });
}

function constraint(value: string, reason: string): Error {
  return validationError(
    `1 validation error detected: Value ${value} at 'transactItems' failed to satisfy constraint: ${reason}`,
  );
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
