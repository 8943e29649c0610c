import type { Operation } from '../api.ts';
import type { Minted } from '../requests/mint.ts';
import { place } from '../requests/credentials.ts';
import type { RequestPlan } from '../requests/request-plan.ts';
import { judge, type Verdict } from '../requests/token-rules.ts';

export interface Issuer {
  readonly issuer: string;
  readonly kid: string;
}

/** Whether the credentials of a request open what it asks for. */
export type Access = 'must' | 'may' | 'never';

/** What is called by a method and a path, if it is an operation. HEAD has the rule of GET. */
export function meant(operations: readonly Operation[], { method, path }: RequestPlan): Operation | undefined {
  const wanted = method === 'HEAD' ? 'GET' : method;
  return operations.find((operation) => operation.path === path && operation.method === wanted);
}

export function accessOf(
  operation: Operation | undefined,
  plan: RequestPlan,
  minted: Minted,
  { issuer, kid }: Issuer,
): Access {
  if (operation?.scopes.length === 0) return 'must';
  const { expected } = place(plan.place);
  // A method that no operation has is still not to be answered to somebody without a good token.
  const scopes = operation?.scopes ?? ['shows.read', 'shows.write'];
  const atService = judge(plan.token, minted, issuer, kid, 'service');
  const doors = plan.door === 'service' ? [atService] : [atService, judge(plan.token, minted, issuer, kid, 'gateway')];
  if (expected === 'refused' || !doors.every((verdict) => mayEnter(verdict, scopes))) return 'never';
  return expected === 'taken' && doors.every(({ valid }) => valid === 'yes') ? 'must' : 'may';
}

function mayEnter({ valid, scopes }: Verdict, needed: readonly string[]): boolean {
  return valid !== 'no' && needed.every((scope) => scopes.includes(scope));
}
