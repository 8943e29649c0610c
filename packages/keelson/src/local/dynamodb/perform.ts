import { actionOf, type ItemMap, internals, type Members, type Store, validationOf, validations } from './dynalite.ts';
import { itemKey, tableOf } from './staged-store.ts';

/** dynalite's checks of a request, before it looks at a table. @throws ApiError */
export function check(store: Store, operation: string, request: Members): Members {
  const { types, custom } = validationOf(fileOf(operation));
  // It takes members it does not know out of what it is given.
  const data = validations().checkTypes(structuredClone(request), types);
  validations().checkValidations(data, types, custom, store);
  return data;
}

export function perform(store: Store, operation: string, data: Members): Promise<Members> {
  return new Promise((resolve, reject) =>
    actionOf(fileOf(operation))(store, data, (error, answer) => (error ? reject(error as Error) : resolve(answer))),
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
