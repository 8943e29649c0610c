import { validationError } from './api-error.ts';
import {
  type BatchOperation,
  type IndexDescription,
  type Members,
  type Store,
  type TableDescription,
  validationOf,
  validations,
} from './dynalite.ts';
import { checkForm } from './perform.ts';

type Definitions = TableDescription['AttributeDefinitions'];

/** What dynalite writes of the form of a request. */
interface Structure {
  readonly type: string;
  readonly children: Members;
}
interface List {
  readonly notNull?: boolean;
  readonly children: Structure;
}

const projections = ['ALL', 'INCLUDE', 'KEYS_ONLY'];

/** dynalite's check of an UpdateTable knows no `AttributeDefinitions`, and wants throughput of every new index. @throws ApiError */
export function checkUpdate(store: Store, request: Members): Members {
  const { types, custom } = validationOf('updateTable');
  const { AttributeDefinitions, GlobalSecondaryIndexes } = validationOf('createTable').types as Record<string, List>;
  const updates = types['GlobalSecondaryIndexUpdates'] as List;
  const actions = updates.children.children as Record<string, Structure>;
  const index = { ...actions['Create'], children: GlobalSecondaryIndexes?.children.children };
  const { notNull: _, ...definitions } = AttributeDefinitions as List;
  const all = {
    ...types,
    AttributeDefinitions: definitions,
    GlobalSecondaryIndexUpdates: {
      ...updates,
      children: { ...updates.children, children: { ...actions, Create: index } },
    },
  };
  return checkForm('UpdateTable', () => {
    const data = validations().checkTypes(structuredClone(request), all);
    validations().checkValidations(data, all, custom, store);
    return data;
  });
}

/** A table as it would be after a change, by the rules for a new one. @throws ApiError */
export function checkIndex(store: Store, before: TableDescription, next: TableDescription): void {
  for (const { AttributeName: name, AttributeType: type } of next.AttributeDefinitions) {
    const known = before.AttributeDefinitions.find(({ AttributeName }) => AttributeName === name);
    if (known && known.AttributeType !== type) {
      throw validationError(`One or more parameter values were invalid: ${name} has another type in this table`);
    }
  }
  const indexes = (next.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
  const { AttributeDefinitions, KeySchema } = next;
  const asNew = { AttributeDefinitions, KeySchema, BillingMode: 'PAY_PER_REQUEST', GlobalSecondaryIndexes: indexes };
  const reason = checkForm('UpdateTable', () => validationOf('createTable').custom?.(asNew, store));
  if (reason !== undefined) throw validationError(reason);
}

/** Indexes that an earlier version recorded unchecked: every write to their table would fail. */
export async function removeBrokenIndexes(store: Store): Promise<void> {
  const repairs: BatchOperation[] = [];
  for await (const [key, value] of store.db.iterator({ gte: 'table~', lt: 'table~~' })) {
    const { GlobalSecondaryIndexes: indexes, ...table } = value as TableDescription;
    const sound = indexes?.filter((index) => isSound(index, table.AttributeDefinitions)) ?? [];
    if (!indexes || sound.length === indexes.length) continue;
    const repaired = { ...table, ...(sound.length > 0 && { GlobalSecondaryIndexes: sound }) };
    repairs.push({ type: 'put', key, value: repaired });
  }
  await store.db.batch(repairs);
}

function isSound(index: Partial<IndexDescription> | null, definitions: Definitions): boolean {
  const keys: unknown = index?.KeySchema;
  return (
    typeof index?.IndexName === 'string' &&
    projections.includes(String(index.Projection?.ProjectionType)) &&
    Array.isArray(keys) &&
    (keys.length === 1 || keys.length === 2) &&
    keys.every((key) => definitions.some((each) => each?.AttributeName === key?.AttributeName))
  );
}
