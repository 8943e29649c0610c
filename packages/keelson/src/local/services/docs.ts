import { type App, ingressOf } from '@keelson/contract';
import { createRouter } from '../gateway/index.ts';
import type { LocalService } from './index.ts';

/** Whether the service documents its API where its HTTP API lets nobody through: it is then found at its own address only. */
export function hasHiddenDocs({ services }: App, { name, isProgram, environment }: LocalService): boolean {
  const service = services[name];
  if (!service || !isProgram || ingressOf(service) !== 'http-api' || /^(0|false)$/.test(environment()['DOCS'] ?? ''))
    return false;
  return createRouter(service.routes)('GET', '/docs') === undefined;
}

/** The page at the service's own address, which is another one after each restart; `undefined`: it does not run. */
export function ownDocs({ supervisor: { state } }: LocalService): string | undefined {
  return state.status === 'ready' ? `http://127.0.0.1:${state.port}/docs` : undefined;
}
