export { ItemExistsError } from './errors.ts';
export { type Table, type TableOptions, table } from './table.ts';
export type {
  Comparison,
  Filter,
  Key,
  KeyNames,
  Page,
  PageOptions,
  QueryOptions,
  Test,
  Where,
  WriteOptions,
} from './types.ts';
