import type { Ingress, Service } from './schema.ts';

/** Where requests to the service come in, with the default filled in. */
export function ingressOf({ ingress, compute }: Pick<Service, 'ingress' | 'compute'>): Ingress {
  return ingress ?? (compute === 'lambda' ? 'http-api' : 'load-balancer');
}
