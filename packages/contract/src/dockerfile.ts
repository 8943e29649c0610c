import type { Service } from './schema.ts';

/** File that a service's image is built by, relative to the root of the project: `Dockerfile`, or `Dockerfile.<service>` with several services. */
export function dockerfileOf(services: Readonly<Record<string, Service>>, service: string): string {
  return Object.keys(services).length === 1 ? 'Dockerfile' : `Dockerfile.${service}`;
}
