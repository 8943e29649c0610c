import { createHash } from 'node:crypto';
import { apiError, validationError } from './api-error.ts';
import type { BatchOperation, Members, Store } from './dynalite.ts';

interface FinishedTransaction {
  readonly request: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Milliseconds for which DynamoDB knows a token. */
const memory = 10 * 60_000;
const longest = 36;
const place = 'keelson-transaction~';

/** Whether a transaction with this `ClientRequestToken` was committed before. @throws ApiError when that was another one */
export async function finished(store: Store, request: Members): Promise<boolean> {
  const token = tokenOf(request);
  if (token === undefined) return false;
  const known = (await store.db.get(place + token)) as FinishedTransaction | undefined;
  if (!known || Date.now() - known.at > memory) return false;
  if (known.request === digest(request)) return true;
  throw apiError(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request.',
  );
}

/** Goes into the same batch as the writes, so that one is never there without the other. */
export function recordOf(request: Members): BatchOperation[] {
  const token = tokenOf(request);
  if (token === undefined) return [];
  const value: FinishedTransaction = { request: digest(request), at: Date.now() };
  return [{ type: 'put', key: place + token, value }];
}

/** Removes tokens that no longer count. */
export async function forgetFinished(store: Store): Promise<void> {
  const late: BatchOperation[] = [];
  for await (const [key, value] of store.db.iterator({ gte: place, lt: `${place}~` })) {
    if (Date.now() - (value as FinishedTransaction).at > memory) late.push({ type: 'del', key });
  }
  await store.db.batch(late);
}

function tokenOf({ ClientRequestToken: token }: Members): string | undefined {
  if (token === undefined || token === null) return undefined;
  if (typeof token === 'string' && token.length > 0 && token.length <= longest) return token;
  throw validationError(
    `1 validation error detected: Value '${String(token)}' at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
  );
}

function digest({ TransactItems }: Members): string {
  return createHash('sha256').update(JSON.stringify(TransactItems)).digest('base64url');
}
