import { isApiError, validationError } from './api-error.ts';
import { actionOf, type ItemMap, internals, type Members, type Store, validationOf, validations } from './dynalite.ts';
import { guarded } from './guard.ts';
import { itemKey, tableOf } from './staged-store.ts';

/** dynalite's checks of a request, before it looks at a table. @throws ApiError */
export function check(store: Store, operation: string, request: Members): Members {
  const { types, custom } = validationOf(fileOf(operation));
  return checkForm(operation, () => {
    // It takes members it does not know out of what it is given.
    const data = validations().checkTypes(structuredClone(request), types);
    validations().checkValidations(data, types, custom, store);
    return data;
  });
}

/** dynalite's checks trip over a `null` in a list or a map. @throws ApiError also then */
export function checkForm<Result>(operation: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (isApiError(error)) throw error;
    throw validationError(`The request is not of the form that ${operation} takes`);
  }
}

export function perform(store: Store, operation: string, data: Members): Promise<Members> {
  return new Promise((resolve, reject) =>
    actionOf(fileOf(operation))(guarded(store, reject), data, (error, answer) =>
      error ? reject(error as Error) : resolve(answer),
    ),
  );
}

/** What is there under the key of a write. */
export async function itemOf(store: Store, { TableName, Item, Key }: Members): Promise<ItemMap | undefined> {
  const table = await tableOf(store, String(TableName));
  const key = internals().createKey((Key ?? Item) as ItemMap, table);
  return (await store.db.get(itemKey(table.TableName, key))) as ItemMap | undefined;
}

function fileOf(operation: string): string {
  return operation.charAt(0).toLowerCase() + operation.slice(1);
}
