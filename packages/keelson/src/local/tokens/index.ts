import type { Resource } from '@keelson/contract';
import type { LocalContext, LocalPart } from '../part.ts';

type TokensResource = Extract<Resource, { kind: 'tokens' }>;

export async function startTokens(_context: LocalContext, name: string, _resource: TokensResource): Promise<LocalPart> {
  throw new Error(`tokens (${name}) cannot run here yet`);
}
