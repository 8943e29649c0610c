import type { Stack } from '../../aws/index.ts';
import type { Expression, Reference } from '../../hcl/index.ts';
import type { SiteService } from '../../site/site.ts';

/** How requests come to services on Fargate. */
export interface ServiceIngress {
  /** Address that people reach it at, without a slash at the end. */
  readonly url: Expression;
  /** What tells a service its address, and whom to believe about the caller's. */
  readonly environment: Readonly<Record<string, string | Expression>>;
  /** Name of the load balancer in front of the tasks, for rules: `load_balancer`. */
  readonly id: string;
  readonly securityGroup: Reference;
  /** Sends a service its requests. */
  route(stack: Stack, service: SiteService): Routed;
}

export interface Routed {
  readonly target: Reference;
  /** Ties the target group to the load balancer: ECS takes no service before that. */
  readonly attachment: { readonly address: string };
}
