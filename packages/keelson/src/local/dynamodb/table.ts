import type { Resource } from '@keelson/contract';
import type { LocalContext, LocalPart } from '../part.ts';

type TableResource = Extract<Resource, { kind: 'table' }>;

export async function startTable(_context: LocalContext, name: string, _resource: TableResource): Promise<LocalPart> {
  throw new Error(`table (${name}) cannot run here yet`);
}
