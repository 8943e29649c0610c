import type { Resource } from '@keelson/contract';
import type { LocalContext, LocalPart } from '../part.ts';

type MailResource = Extract<Resource, { kind: 'mail' }>;

export async function startMail(_context: LocalContext, name: string, _resource: MailResource): Promise<LocalPart> {
  throw new Error(`mail (${name}) cannot run here yet`);
}
