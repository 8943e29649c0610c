import type { Resource } from '@keelson/contract';
import type { LocalContext, LocalPart } from '../part.ts';

type LogSearchResource = Extract<Resource, { kind: 'log-search' }>;

export async function startLogSearch(
  _context: LocalContext,
  name: string,
  _resource: LogSearchResource,
): Promise<LocalPart> {
  throw new Error(`log-search (${name}) cannot run here yet`);
}
