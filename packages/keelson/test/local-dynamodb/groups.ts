import type { LocalTable } from '../../src/local/dynamodb/tables.ts';

const size = 40;

/** Items that are written together: as many as `size` of each group, or none. */
export const groups = {
  size,
  table: {
    variable: 'GROUPS_TABLE',
    name: 'groups',
    key: { pk: 'string', sk: 'number' },
    indexes: { by_kind: { hash: { kind: 'string' }, range: { sk: 'number' } } },
  } satisfies LocalTable,
  puts: (group: string) =>
    Array.from({ length: size }, (_, sk) => ({
      Put: { TableName: 'groups', Item: { pk: { S: group }, sk: { N: String(sk) }, kind: { S: 'x' } } },
    })),
};
