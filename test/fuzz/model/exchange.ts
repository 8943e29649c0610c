import type { Operation } from '../api.ts';
import type { Minted } from '../requests/mint.ts';
import type { RequestPlan } from '../requests/request-plan.ts';
import type { Sent } from '../requests/send.ts';
import type { Access } from './access.ts';
import type { BodyVerdict } from './body-rules.ts';

/** A request, what the model says of it, and its answer. */
export interface Exchange {
  readonly plan: RequestPlan;
  readonly minted: Minted;
  readonly operation: Operation | undefined;
  readonly access: Access;
  /** Absent: the request has no body that could create anything. */
  readonly body: BodyVerdict | undefined;
  readonly answer: Sent;
}

export const created = ({ plan, answer }: Exchange): boolean => plan.method === 'POST' && answer.status === 201;
