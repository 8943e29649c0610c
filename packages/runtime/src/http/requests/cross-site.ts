import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { KeelsonError } from '../../errors/index.ts';

export interface CrossSiteOptions {
  /** The service's own origin; `undefined` while it is not known. */
  readonly origin: () => string | undefined;
  /** Other origins that may send unsafe requests, without cookies. @default [] */
  readonly allowedOrigins?: readonly string[];
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Refuses unsafe requests that a page of another site made a browser send (CSRF), by `Sec-Fetch-Site`, or by `Origin`
 * from browsers without it. A caller that sends neither is no browser and has no cookies to abuse.
 */
export const crossSiteGuard = fp(crossSitePlugin, { name: 'keelson-cross-site', fastify: '5.x' });

async function crossSitePlugin(app: FastifyInstance, options: CrossSiteOptions): Promise<void> {
  const allowed = new Set(options.allowedOrigins ?? []);
  app.addHook('onRequest', (request, _reply, done) => {
    if (safeMethods.has(request.method) || isOwnSite(request, options.origin) || isAllowed(request, allowed))
      return done();
    const { 'sec-fetch-site': site, origin } = request.headers;
    const detail = `Refused a ${request.method} from ${String(site ?? 'unknown')} site, origin ${String(origin ?? 'none').slice(0, 200)}.`;
    done(new KeelsonError('CROSS_SITE_REQUEST', { detail }));
  });
}

function isOwnSite(request: FastifyRequest, ownOrigin: CrossSiteOptions['origin']): boolean {
  const { 'sec-fetch-site': site, origin } = request.headers;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return origin === undefined || origin === ownOrigin();
}

function isAllowed(request: FastifyRequest, allowed: ReadonlySet<string>): boolean {
  const { origin, cookie } = request.headers;
  return origin !== undefined && cookie === undefined && allowed.has(origin);
}
