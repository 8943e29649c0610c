import type { Resource } from '@keelson/contract';
import type { LocalContext, LocalPart } from '../part.ts';

type AccountsResource = Extract<Resource, { kind: 'accounts' }>;

export async function startAccounts(
  _context: LocalContext,
  name: string,
  _resource: AccountsResource,
): Promise<LocalPart> {
  throw new Error(`accounts (${name}) cannot run here yet`);
}
